package org.thespis.front;

import io.undertow.client.ClientConnection;
import java.io.IOException;
import org.xnio.IoUtils;

/** A line to a server. Used in the I/O thread of its client. */
record ServerLine(Server server, ClientConnection connection) {

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Closes it at once; its own way to close waits for the server. */
    void cut() {
        try {
            IoUtils.safeClose(connection.performUpgrade());
        } catch (IOException e) {
            IoUtils.safeClose(connection); // closed already
        }
    }
}
