package org.thespis.gateway;

import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Command;

/**
 * The actor that a client talks to. Any thread.
 *
 * @param intake through which what the client sends comes; null if that is in a thread that may wait
 */
record Addressee(Relay relay, SessionRegistry registry, String actorId, Intake intake) {

    /** Hands over a command; what comes of it at once is written when no turn waits for it. */
    void ask(Command command) {
        if (intake == null || !intake.isOnLoop()) {
            registry.ask(relay, actorId, command);
        } else if (!registry.offer(relay, actorId, command)) {
            intake.putOff(() -> registry.ask(relay, actorId, command));
        }
    }
}
