package org.thespis.runtime;

import java.util.function.Function;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.instance.Node;
import org.thespis.runtime.turn.Mailbox;

/** Brings actors from the store into memory, each once however many ask. Any thread. */
final class Waking {

    private static final int LOCKS = 256;

    private final Node node;
    private final Function<String, ActorContainer> containers;
    private final Object[] locks = new Object[LOCKS];

    /** @param containers finds the container of a type, or throws */
    Waking(Node node, Function<String, ActorContainer> containers) {
        this.node = node;
        this.containers = containers;
        java.util.Arrays.setAll(locks, i -> new Object());
    }

    /** The instance of an actor, which may still be waking; null if there is no such actor. */
    ActorInstance wake(String actorId) {
        ActorContainer container;
        ActorInstance fresh;
        StoredActor stored;
        synchronized (locks[Math.floorMod(actorId.hashCode(), LOCKS)]) { // one loads, the others wait
            ActorInstance woken = node.live().get(actorId);
            if (woken != null) {
                return woken;
            }
            stored = node.store().load(actorId).orElse(null);
            if (stored == null) {
                return null;
            }
            container = containers.apply(stored.actor().name());
            fresh = container.found(stored.actor());
        }
        if (Mailbox.isTurn()) { // another actor's: not inside it
            node.services().dispatcher().execute(() -> container.begin(fresh, stored));
        } else {
            container.begin(fresh, stored);
        }
        return fresh;
    }
}
