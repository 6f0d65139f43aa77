package org.thespis.gateway.admission;

/**
 * What one connection, user, address or node may use. A connection has no connections, handshakes and creations of its own.
 *
 * @param connections open WebSockets and HTTP requests that are not answered yet
 * @param handshakes new WebSockets, for each second
 * @param messages messages and HTTP requests, for each second
 * @param creations new actors, for each minute
 * @param bytes what is on its way in either direction
 */
public record Allowance(int connections, int handshakes, int messages, int creations, long bytes) {

    public Allowance {
        if (connections < 1 || handshakes < 1 || messages < 1 || creations < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits of clients must be at least 1");
        }
    }
}
