package org.thespis.gateway.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Reads what a log-out token says whose signature, issuer, audience and times were checked: OpenID Connect Back-Channel Logout
 * 1.0, sections 2.4 and 2.6.
 *
 * @param skew by which clocks may differ
 */
record LogOutReader(Duration skew, Clock clock) {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final String EVENTS = "events";
    private static final String TYPE = "logout+jwt";

    /** What says nothing of its kind is judged by its claims. */
    private static final Set<String> TYPES = Set.of("", "jwt", TYPE, "application/" + TYPE);

    /** From when it was issued until it comes. */
    private static final Duration LONGEST_WAY = Duration.ofMinutes(5);

    private static final int MAX_ID = 256;

    /** Whether it is no token of a user, whatever else it says. */
    static boolean isLogOut(JwtClaims said, String type) {
        String kind = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return kind.endsWith(TYPE)
                || said.getClaimValue(EVENTS) instanceof Map<?, ?> events && events.containsKey(EVENT);
    }

    /** @param type of its header, or null */
    LogOut read(JwtClaims said, String type) throws MalformedClaimException {
        require("typ", TYPES.contains(type == null ? "" : type.toLowerCase(Locale.ROOT)));
        require(
                EVENTS,
                said.getClaimValue(EVENTS) instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>);
        require("nonce", !said.hasClaim("nonce"));
        String subject = id(said, "sub");
        String session = id(said, "sid");
        require("sub or sid", subject != null || session != null);
        return new LogOut(said.getIssuer(), subject, session, issued(said));
    }

    /** What there is one of alone. */
    String unique(JwtClaims said) throws MalformedClaimException {
        String id = id(said, "jti");
        require("jti", id != null);
        return said.getIssuer() + " " + id;
    }

    private Instant issued(JwtClaims said) throws MalformedClaimException {
        NumericDate issued = said.getIssuedAt();
        require("iat", issued != null);
        long now = clock.instant().getEpochSecond();
        long before = now - issued.getValue();
        require("iat", before <= LONGEST_WAY.plus(skew).toSeconds() && before >= -skew.toSeconds() - 1);
        return Instant.ofEpochSecond(issued.getValue());
    }

    private static String id(JwtClaims said, String name) throws MalformedClaimException {
        String id = said.getStringClaimValue(name);
        require(name, id == null || !id.isBlank() && id.length() <= MAX_ID);
        return id;
    }

    private static void require(String claim, boolean kept) throws MalformedClaimException {
        if (!kept) {
            throw new MalformedClaimException("the " + claim + " of a log-out token");
        }
    }
}
