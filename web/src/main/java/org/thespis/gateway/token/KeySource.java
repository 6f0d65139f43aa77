package org.thespis.gateway.token;

import java.io.IOException;

/** Where the keys of an issuer come from. */
interface KeySource {

    /**
     * Reads them, on a thread that may wait.
     *
     * @return a JWKS (RFC 7517, section 5)
     * @throws IOException if they do not come, or are too large
     */
    String read() throws IOException;

    /** Ends a {@link #read} that takes too long. Any thread. */
    void abort();
}
