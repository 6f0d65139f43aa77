/** The lines of a cluster on JGroups: the only part that knows it. Not public API. */
package org.thespis.cluster.jgroups;
