package org.thespis.runtime.reference;

import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Wanted;

/** Something that is asked of an actor, as soon as its id is known. */
interface Asking {

    /** Hands it to the actor. No turn runs meanwhile in this thread; it may not block. */
    void send(Relay relay, String actorId);

    /** There is no such actor, or it cannot be asked now. */
    void refused(ActorError error);

    /**
     * Asks whether actors of the type take it of who asks, before one is looked for.
     *
     * @throws ActorException {@code auth.unauthorized} or {@code auth.forbidden}
     */
    void requireAccess(ActorType type);

    /**
     * The actor that is created if there is none; null if none is. In a thread that may block.
     *
     * @throws ActorException if the type takes no such thing
     */
    Wanted wanted(ActorType type);
}
