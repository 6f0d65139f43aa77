package org.thespis.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.thespis.runtime.instance.ActorIds;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.instance.LiveActors;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.turn.Mailbox;

/** Which actors live on this node, where there are several; all of them unless something else is said. Any thread. */
public final class Residence {

    /** Ids that are made for a new actor until one is of an actor that may live here. */
    static final int MAX_ID_TRIES = 10_000;

    private final LiveActors live;

    Residence(LiveActors live) {
        this.live = live;
    }

    /**
     * Says which actors may come to live here from now on. Who asks another one is told {@code actor.restarting}; one that
     * lives here goes on until {@link #letGo}.
     *
     * @param ids asked for each actor that is to come; neither blocks nor throws
     */
    public void admit(Predicate<String> ids) {
        live.admit(ids);
    }

    boolean isHere(String actorId) {
        return live.isAdmitted(actorId);
    }

    /** An id of a new actor that may live here. */
    String newId() {
        for (int i = 0; i < MAX_ID_TRIES; i++) {
            String id = ActorIds.next();
            if (isHere(id)) {
                return id;
            }
        }
        throw new ActorException(ActorError.unavailable()); // this node has none, or has come just now
    }

    /**
     * Ends live instances, but not their actors: behind what waits, with {@code OnDisconnect} and {@code OnSleep}, as when the
     * application stops; clients are closed with a reason for which they come back. They are no longer admitted.
     *
     * @param grace what they have for that
     * @return completes when their states are durable and none is in memory; those that take longer than the grace are given
     *     up without their last turns, whose callers are told so, and then are waited for no longer
     */
    public CompletableFuture<Void> letGo(Predicate<String> ids, Duration grace) {
        List<ActorInstance> leaving = live.among(ids);
        CompletableFuture<?>[] ends = leaving.stream()
                .map(instance -> instance.lifeCycle().move(grace.dividedBy(2)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ends)
                .orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    Mailbox.withoutTurns(() -> giveUp(leaving)); // in the JDK's thread for all time-outs
                    return null;
                });
    }

    private void giveUp(List<ActorInstance> leaving) {
        leaving.stream()
                .filter(instance -> live.get(instance.id()) == instance)
                .forEach(instance -> instance.lifeCycle().lost(ActorError.restarting()));
    }
}
