package org.thespis.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Wanted;

/** The gateway's only way to actors, wherever they live. What crosses it is data. Any thread. */
public interface Relay {

    /** Says where what the actors send shall go. */
    void connect(EventSink sink);

    /** The actor type of that name, if it is deployed. */
    Optional<ActorType> type(String name);

    /**
     * Finds an actor, or creates it. Blocks until it is stored.
     *
     * @throws ActorException why it could not be created; then nothing was stored
     */
    Resolution getOrCreate(Wanted wanted);

    /**
     * Creates an actor. Blocks until it is stored.
     *
     * @throws ActorException {@code actor.duplicate_key} if the key is taken, or why it could not be created
     */
    ActorRecord create(Wanted wanted);

    Optional<ActorRecord> find(String name, ActorKey key);

    Optional<ActorRecord> find(String actorId);

    /** The newest actors of a type. */
    List<ActorRecord> list(String name, int limit);

    /** Ends an actor for good; completes when its key is free. */
    CompletionStage<Void> destroy(String actorId);

    /** Hands a command to an actor, without waiting for it. What comes of it goes to the sink. */
    void ask(String actorId, Command command);

    /** An actor, and whether this call made it. */
    record Resolution(ActorRecord actor, boolean created) {}
}
