package org.thespis.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ClientLimits;
import org.thespis.runtime.settings.OriginNames;

/**
 * The only way to actors, wherever they live, for the gateway and for references inside the server. What crosses it is data.
 * Any thread.
 */
public interface Relay {

    /** Whether actors are reached: false while this node is not part of a cluster that serves. */
    boolean isReady();

    /** Says where what the actors send shall go. */
    void connect(EventSink sink);

    /** Says where that shall go which is for clients inside the server, see {@link InsideIds}. */
    void connectInside(EventSink sink);

    /** Whether {@link #ask} reaches the actor now without a word of the store. */
    boolean isAtHand(String actorId);

    /** The actor type of that name, if it is deployed. */
    Optional<ActorType> type(String name);

    /** How long who connects to an actor of that type waits to be let in. */
    Duration connectTimeout(String name);

    /** What is said of clients of that type. */
    ClientLimits limits(String name);

    /** What single types say of the origins of pages. */
    Collection<OriginNames> origins();

    /**
     * Finds an actor, or creates it. Blocks until it is stored.
     *
     * @throws ActorException why it could not be created; who asks again finds it if it was stored all the same
     */
    Resolution getOrCreate(Wanted wanted);

    /**
     * Creates an actor. Blocks until it is stored.
     *
     * @throws ActorException {@code actor.duplicate_key} if the key is taken, {@code actor.outcome_unknown} if the store did not
     *     say whether it has it, or why it could not be created
     */
    ActorRecord create(Wanted wanted);

    /** How long a creation may take in which the store answers: who waits longer may give up. Zero if there is no such type. */
    Duration creationLimit(String name);

    /** As the store knows it. */
    Optional<ActorRecord> find(String name, ActorKey key);

    /** As the store knows it. */
    Optional<ActorRecord> find(String actorId);

    /** The same of a type that is known: no other store than its own is asked. Empty if it is of another type. */
    Optional<ActorRecord> findIn(String name, String actorId);

    /**
     * The actor that has an address, for who is about to ask it something. One that lives where this relay alone decides is told
     * without a word of the store; not one whose destruction has begun.
     */
    Optional<Seen> look(String name, ActorKey key);

    /** The same by its id. */
    Optional<Seen> look(String actorId);

    /** The same by its id, of a type that is known: no other store than its own is asked. Empty if it is of another type. */
    Optional<Seen> lookIn(String name, String actorId);

    /** The newest actors of a type. */
    List<ActorRecord> list(String name, int limit);

    /** Ends an actor for good; completes when its key is free. */
    CompletionStage<Void> destroy(String actorId);

    /**
     * Hands a command to an actor, without waiting for it: its turn may run in this thread, unless a turn runs there already.
     * An actor that sleeps is read from the store first. What comes of it goes to the sink.
     */
    void ask(String actorId, Command command);

    /** The same by a thread that may wait for the store afterwards, to write what came of it. Where there are other nodes it does not. */
    default void askAndWrite(String actorId, Command command) {
        ask(actorId, command);
    }

    /**
     * The same for a thread that must not wait, as it reads from sockets: of an author's only actions run in it that say that they do
     * not block.
     *
     * @return false, and nothing has come of it, if the actor does not live here; then {@link #ask} in another thread
     */
    boolean offer(String actorId, Command command);

    /**
     * Ends the actors of this node, as its application stops; where there are others, they take them over. Blocks until that is
     * done, or the grace is over, for each of several callers. Not to be called in a turn.
     *
     * @param grace what actors have for their end, and, where there are other nodes, as much again to move there
     */
    void stop(Duration grace);

    /** An actor that exists, and the name of its type. */
    record Seen(String id, String name) {

        public static Seen of(ActorRecord actor) {
            return new Seen(actor.id(), actor.name());
        }
    }

    /** An actor, and whether this call made it. */
    record Resolution(ActorRecord actor, boolean created) {}
}
