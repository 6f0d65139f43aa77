/** The WebSocket and HTTP edge: turns messages into commands for actors, and what actors send into messages. */
package org.thespis.gateway;
