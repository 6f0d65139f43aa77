package org.thespis.gateway;

import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Command;

/** The actor that a client talks to. Any thread. */
record Addressee(Relay relay, SessionRegistry registry, String actorId) {

    /** Hands over a command; what comes of it at once is written when no turn waits for it. */
    void ask(Command command) {
        registry.ask(relay, actorId, command);
    }
}
