package org.thespis.api.spi;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** The request or handshake whose caller is asked for. Used on the thread that asks, while it asks. */
public interface CallerRequest {

    /** Decoded, below the context path. */
    String path();

    /** The values of a header, whatever the case of its name. */
    List<String> headers(String name);

    /** The first value of a header. */
    default Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The value of a cookie. */
    Optional<String> cookie(String name);

    /**
     * A token that came in {@code Authorization: Bearer} (RFC 6750, section 2.1), in {@code x-rivet-token}, in the subprotocol
     * {@code rivet_token.}, or in the connection parameter that the setting {@code token-parameter} names, looked for in this
     * order. One in the address is refused: addresses are logged.
     */
    Optional<String> token();

    /** The address of the client, behind proxies that are trusted. */
    String remoteAddress();

    /** Whom the application server knows, if anybody. */
    Optional<Principal> principal();
}
