package org.thespis.gateway.admission;

import org.thespis.runtime.message.Caller;

/**
 * What is known of a request before its body; each may be null if not said otherwise.
 *
 * @param peer the address at the other end of the line; never null
 * @param secure whether the line to this server is encrypted
 * @param forwardedFor the header {@code X-Forwarded-For}, lines joined with commas
 * @param forwardedProto the header {@code X-Forwarded-Proto}
 * @param host the header {@code Host}
 * @param origin the header {@code Origin}
 * @param fetchSite the header {@code Sec-Fetch-Site}
 * @param caller who the server says it is; never null
 * @param token a token that came in a header or subprotocol
 */
public record RequestHead(
        String peer,
        boolean secure,
        String forwardedFor,
        String forwardedProto,
        String host,
        String origin,
        String fetchSite,
        Caller caller,
        String token) {

    /** The same of somebody whom the application knows; the token, if there was one, has been looked at. */
    public RequestHead of(Caller known) {
        return new RequestHead(peer, secure, forwardedFor, forwardedProto, host, origin, fetchSite, known, null);
    }
}
