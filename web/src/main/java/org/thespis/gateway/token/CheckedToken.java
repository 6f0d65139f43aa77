package org.thespis.gateway.token;

import java.time.Instant;
import java.util.Objects;
import org.thespis.api.spi.ResolvedCaller;

/**
 * What a token that was good says.
 *
 * @param origin whose it is, for its issuer
 */
public record CheckedToken(ResolvedCaller caller, Origin origin) {

    /**
     * Where a token comes from, in the words of its issuer.
     *
     * @param subject {@code sub}, or null
     * @param session {@code sid}, or null
     * @param issued {@code iat}, or null
     */
    public record Origin(String issuer, String subject, String session, Instant issued) {

        /** Whether both are of the same user. */
        public boolean isOfUser(Origin other) {
            return issuer.equals(other.issuer) && Objects.equals(subject, other.subject);
        }
    }
}
