package org.thespis.runtime.message;

import java.security.Principal;
import java.util.Optional;

/**
 * Who stands behind a connection.
 *
 * @param name the name of the authenticated user, or null
 */
public record Caller(String name) {

    public static final Caller ANONYMOUS = new Caller(null);

    private record UserPrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    public Optional<Principal> principal() {
        return Optional.ofNullable(name).map(UserPrincipal::new);
    }
}
