package org.thespis.runtime.instance;

import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Refusals;

/**
 * How an instance ends, and what who was with it is told.
 *
 * @param begun for calls that may have had effects
 * @param waiting for whoever was not served, and comes too late
 * @param closeCode for the clients (RFC 6455, section 7.4.1)
 * @param closeReason may be null
 */
record Ending(Kind kind, ActorError begun, ActorError waiting, int closeCode, String closeReason) {

    private static final int NORMAL_CLOSURE = 1000;
    private static final int GOING_AWAY = 1001;

    enum Kind {
        /** The actor did not come to be. */
        NOT_BORN,
        /** The state, or the actor's own hook, keeps it from starting. */
        NOT_STARTED,
        /** Nobody needs it in memory. */
        ASLEEP,
        /** The application stops. */
        STOPPED,
        /** Another instance wrote, or the state could not be written. */
        LOST,
        DESTROYED
    }

    static Ending notBorn() {
        return refused(Kind.NOT_BORN, ActorError.actorNotFound());
    }

    static Ending notStarted(ActorError error) {
        return refused(Kind.NOT_STARTED, error);
    }

    private static Ending refused(Kind kind, ActorError error) {
        return new Ending(kind, error, error, Refusals.REFUSED, error.reason());
    }

    static Ending asleep() {
        return refused(Kind.ASLEEP, ActorError.restarting());
    }

    static Ending stopped() {
        return new Ending(Kind.STOPPED, ActorError.gone(), ActorError.unavailable(), GOING_AWAY, "ws.going_away");
    }

    static Ending lost(ActorError error) {
        return new Ending(Kind.LOST, ActorError.gone(), error, Refusals.REFUSED, closeReason(error));
    }

    /** What became of a call is one thing; clients may come back in any case. */
    private static String closeReason(ActorError error) {
        if (error.equals(ActorError.outcomeUnknown())) {
            return ActorError.storeUnavailable().reason();
        }
        boolean ofCall = error.equals(ActorError.rolledBack()) || error.equals(ActorError.timedOut());
        return (ofCall ? ActorError.restarting() : error).reason();
    }

    static Ending destroyed() {
        return new Ending(Kind.DESTROYED, ActorError.gone(), ActorError.destroyed(), NORMAL_CLOSURE, null);
    }
}
