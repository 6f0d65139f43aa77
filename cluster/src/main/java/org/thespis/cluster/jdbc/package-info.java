/** What the nodes of a cluster share in their database. Not public API. */
package org.thespis.cluster.jdbc;
