/** The same actors on several nodes over one database: who lives where, and what goes between the nodes. Not public API. */
package org.thespis.cluster;
