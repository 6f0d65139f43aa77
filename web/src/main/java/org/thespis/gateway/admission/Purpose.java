package org.thespis.gateway.admission;

import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Caller;

/** What somebody wants to do with an actor. */
public sealed interface Purpose {

    /** A connection for actions and events. */
    record Connect() implements Purpose {
        @Override
        public void requireAccess(ActorType type, Caller caller) {
            type.requireConnection(caller);
        }

        @Override
        public void check(ActorType type) {
            // every actor takes connections
        }
    }

    /** A single call. */
    record Call(String action) implements Purpose {
        @Override
        public void requireAccess(ActorType type, Caller caller) {
            type.requireCall(caller, action);
        }

        @Override
        public void check(ActorType type) {
            if (!type.hasAction(action)) {
                throw new ActorException(ActorError.actionNotFound());
            }
        }
    }

    /** A low-level HTTP request. */
    record Request() implements Purpose {
        @Override
        public void requireAccess(ActorType type, Caller caller) {
            type.requireRequest(caller);
        }

        @Override
        public void check(ActorType type) {
            if (!type.takesRequests()) {
                throw new ActorException(ActorError.noHandler("requests"));
            }
        }
    }

    /** A low-level WebSocket. */
    record Socket() implements Purpose {
        @Override
        public void requireAccess(ActorType type, Caller caller) {
            type.requireSocket(caller);
        }

        @Override
        public void check(ActorType type) {
            if (!type.takesSockets()) {
                throw new ActorException(ActorError.noHandler("WebSockets"));
            }
        }
    }

    /**
     * Asks whether the caller may have that of actors of a type.
     *
     * @throws ActorException {@code auth.unauthorized} or {@code auth.forbidden}
     */
    void requireAccess(ActorType type, Caller caller);

    /** @throws ActorException if actors of that type do not take this */
    void check(ActorType type);
}
