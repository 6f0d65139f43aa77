package org.thespis.api.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A caller whom a {@link CallerResolver} knows.
 *
 * @param name of the user
 * @param roles all of them; those that no actor names do no harm
 * @param claims what else is said of the user, for {@link org.thespis.api.Connection#claims}
 * @param expires when that ends: a connection is closed then with {@code auth.token_expired}, which makes clients connect anew,
 *     with fresh parameters; empty for never
 */
public record ResolvedCaller(String name, Set<String> roles, Map<String, Object> claims, Optional<Instant> expires) {

    /** @throws NullPointerException if there is no name */
    public ResolvedCaller {
        Objects.requireNonNull(name, "a caller that is known has a name");
        Objects.requireNonNull(expires, "a caller that is known for ever says so with empty()");
        roles = Set.copyOf(roles);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** One who is known for a time. */
    public ResolvedCaller(String name, Set<String> roles, Map<String, Object> claims, Instant expires) {
        this(name, roles, claims, Optional.of(expires));
    }

    /** One of whom nothing else is said. */
    public ResolvedCaller(String name, Set<String> roles) {
        this(name, roles, Map.of(), Optional.empty());
    }
}
