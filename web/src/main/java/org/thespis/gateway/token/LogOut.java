package org.thespis.gateway.token;

import java.time.Instant;
import org.thespis.gateway.token.CheckedToken.Origin;

/**
 * Somebody has logged out at an issuer: of one session, or of all.
 *
 * @param subject {@code sub}, or null
 * @param session {@code sid}, or null for all sessions of the subject
 * @param at when, as the issuer says
 */
public record LogOut(String issuer, String subject, String session, Instant at) {

    /** Whether what came from there ended with it. What says no time may be of before. */
    public boolean ends(Origin origin) {
        if (!issuer.equals(origin.issuer())) {
            return false;
        }
        return session != null
                ? session.equals(origin.session())
                : subject.equals(origin.subject())
                        && (origin.issued() == null || !origin.issued().isAfter(at));
    }
}
