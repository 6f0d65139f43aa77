package org.thespis.runtime.message;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who stands behind a connection, or another call.
 *
 * @param name the name of the authenticated user, or null
 * @param roles those of them that somebody here asks for; none of nobody
 * @param claims what else is said of the user, plain values that nobody can change; not kept with plans
 */
public record Caller(String name, Set<String> roles, Map<String, Object> claims) {

    /** In place of a role: every user that is known (Jakarta Servlet, section 13.3). */
    public static final String ANY_USER = "**";

    public static final Caller ANONYMOUS = new Caller(null, Set.of());

    private record UserPrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** A user of whom nothing else is said. */
    public Caller(String name, Set<String> roles) {
        this(name, roles, Map.of());
    }

    /** A user without a role. */
    public Caller(String name) {
        this(name, Set.of());
    }

    public Optional<Principal> principal() {
        return Optional.ofNullable(name).map(UserPrincipal::new);
    }

    public boolean isInRole(String role) {
        return role.equals(ANY_USER) ? name != null : roles.contains(role);
    }
}
