/** What crosses between the gateway and the actors, on one node or between nodes: data only. */
package org.thespis.runtime.message;
