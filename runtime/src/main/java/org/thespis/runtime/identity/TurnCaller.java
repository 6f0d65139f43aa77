package org.thespis.runtime.identity;

import java.security.Principal;
import java.util.Optional;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.turn.Turn;

/** Who calls the turn that runs in a thread, as parameters of type {@code Principal} say it. Any thread. */
final class TurnCaller {

    private TurnCaller() {}

    /** Whether a turn runs here. */
    static boolean isTurn() {
        return Turn.current() != null;
    }

    static Optional<Principal> principal() {
        return caller().principal();
    }

    static boolean isInRole(String role) {
        return caller().isInRole(role);
    }

    private static Caller caller() {
        Caller known = Behind.caller();
        return known == null ? Caller.ANONYMOUS : known;
    }
}
