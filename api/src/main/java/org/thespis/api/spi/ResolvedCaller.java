package org.thespis.api.spi;

import java.util.Objects;
import java.util.Set;

/**
 * A caller whom a {@link CallerResolver} knows.
 *
 * @param name of the user
 * @param roles all of them; those that no actor names do no harm
 */
public record ResolvedCaller(String name, Set<String> roles) {

    /** @throws NullPointerException if there is no name */
    public ResolvedCaller {
        Objects.requireNonNull(name, "a caller that is known has a name");
        roles = Set.copyOf(roles);
    }
}
