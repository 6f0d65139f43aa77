package org.thespis.runtime.identity;

import java.security.Principal;
import java.util.function.Supplier;

/** Who calls, for {@code @Inject Principal}. Any thread. */
final class PrincipalOfTurn implements Principal {

    /** As WildFly and Payara call nobody. */
    private static final String NOBODY = "anonymous";

    private final Supplier<Principal> outside;

    PrincipalOfTurn(Supplier<Principal> outside) {
        this.outside = outside;
    }

    @Override
    public String getName() {
        if (TurnCaller.isTurn()) {
            return TurnCaller.principal().map(Principal::getName).orElse(NOBODY);
        }
        Principal known = outside.get();
        return known == null ? NOBODY : known.getName();
    }

    @Override
    public String toString() {
        return getName();
    }
}
