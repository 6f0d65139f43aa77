/** Makes a node of what the installation says. Not public API. */
package org.thespis.cluster.node;
