package org.thespis.gateway.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.gateway.token.CheckedToken.Origin;

/** Reads who somebody is out of what a token says that was checked. */
record ClaimReader(TokenSettings settings) {

    private static final int MAX_NAME = 256;
    private static final int MAX_DEPTH = 16;

    /** The last moment that everything here can count with. */
    private static final long NEVER_SECONDS =
            Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

    /** @throws MalformedClaimException if something that is needed is missing, or of another kind */
    ResolvedCaller read(JwtClaims said, String tenant) throws MalformedClaimException {
        Map<String, Object> all = said.getClaimsMap();
        return new ResolvedCaller(name(all, tenant), roles(all), claims(all), expiry(said));
    }

    static Origin origin(JwtClaims said) throws MalformedClaimException {
        NumericDate issued = said.getIssuedAt();
        return new Origin(
                said.getIssuer(),
                text(said, "sub"),
                text(said, "sid"),
                issued == null ? null : Instant.ofEpochSecond(Math.min(issued.getValue(), NEVER_SECONDS)));
    }

    private static String text(JwtClaims said, String name) {
        return said.getClaimValue(name) instanceof String text ? text : null;
    }

    private String name(Map<String, Object> all, String tenant) throws MalformedClaimException {
        Object name = find(all, settings.nameClaim());
        if (!(name instanceof String text)
                || text.isBlank()
                || text.length() > MAX_NAME
                || text.codePoints().anyMatch(ClaimReader::isNoText)) {
            throw new MalformedClaimException("no name in " + settings.nameClaim());
        }
        return tenant.isEmpty() ? text : tenant + "/" + text;
    }

    /** Half of a surrogate pair can be told to nobody. */
    private static boolean isNoText(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    /** A claim by its whole name, else by a path of names. */
    private static Object find(Map<String, Object> all, String path) {
        Object whole = all.get(path);
        if (whole != null) {
            return whole;
        }
        Object found = all;
        for (String name : path.split("\\.")) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    private Set<String> roles(Map<String, Object> all) {
        Set<String> roles = new TreeSet<>();
        for (String path : settings.rolesClaims()) {
            Object found = find(all, path);
            if (found instanceof List<?> list) {
                list.stream().filter(String.class::isInstance).forEach(role -> roles.add((String) role));
            } else if (found instanceof String text) { // as a scope is written
                roles.addAll(List.of(text.trim().split("\\s+")));
            }
        }
        return roles;
    }

    private Map<String, Object> claims(Map<String, Object> all) throws MalformedClaimException {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : settings.claims()) {
            Object value = find(all, name);
            if (value != null) {
                claims.put(name, frozen(value, 0));
            }
        }
        return claims;
    }

    private static Object frozen(Object value, int depth) throws MalformedClaimException {
        if (depth > MAX_DEPTH) {
            throw new MalformedClaimException("a claim with more than " + MAX_DEPTH + " levels");
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object one : list) {
                copy.add(frozen(one, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put((String) entry.getKey(), frozen(entry.getValue(), depth + 1));
            }
            return Collections.unmodifiableMap(copy);
        }
        return value;
    }

    private Instant expiry(JwtClaims said) throws MalformedClaimException {
        NumericDate end = said.getExpirationTime();
        return Instant.ofEpochSecond(Math.min(end.getValue(), NEVER_SECONDS)).plus(settings.clockSkew());
    }
}
