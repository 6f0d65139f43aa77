package org.thespis.api.spi;

import java.util.Optional;

/**
 * Says who stands behind a request, in place of the application server: for tokens of an issuer of one's own, API keys, or a
 * header that a proxy sets. A CDI bean in EAR/lib or an ejb-jar; if there are several, the first that knows the caller counts,
 * in the order of {@code @Priority}, the lowest first.
 *
 * <p>Asked once for each HTTP request, and for each handshake of a WebSocket, after the limits, the host and the origin were
 * looked at, on a thread of the server that serves nobody else meanwhile: it should answer soon.
 */
@FunctionalInterface
public interface CallerResolver {

    /**
     * @return empty if it does not know; then the next is asked, in the end the server
     * @throws org.thespis.api.UserException if the caller is to be refused: told as {@code auth.unauthorized}, its code and
     *     message are for the log
     * @throws RuntimeException whatever else goes wrong: the request is refused with {@code rivetkit.internal_error}
     */
    Optional<ResolvedCaller> resolve(CallerRequest request);
}
