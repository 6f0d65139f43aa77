/** What nodes send each other, as data and as bytes. Not public API. */
package org.thespis.cluster.wire;
