package org.thespis.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;

/** The gateway's only way to actors, wherever they live. What crosses it is data. Any thread. */
public interface Relay {

    /** Says where what the actors send shall go. */
    void connect(EventSink sink);

    /** Finds an actor, or creates it; {@code input} is a plain value, {@code Undefined} for none. */
    Resolution getOrCreate(String name, ActorKey key, Object input);

    /**
     * Creates an actor.
     *
     * @throws ActorException {@code actor.duplicate_key} if the key is taken
     */
    ActorRecord create(String name, ActorKey key, Object input);

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
