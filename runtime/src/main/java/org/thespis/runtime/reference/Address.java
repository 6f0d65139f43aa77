package org.thespis.runtime.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Throwables;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.turn.Mailbox;

/**
 * One actor as it is asked from inside the server: what one thread asks comes to it in that order. Nothing waits for the store
 * in the thread that asks, which may be in a turn or a transaction. Any thread.
 */
final class Address {

    /**
     * Whom it leads to.
     *
     * @param key null if it is by the id
     * @param id null if it is by the key
     */
    record Name(String type, ActorKey key, String id) {}

    private static final Logger LOG = System.getLogger(Address.class.getName());

    private final Name name;
    private final References references;
    private final Relay relay;
    private final int maxWaiting;
    private final Deque<Asking> waiting = new ArrayDeque<>(2); // guarded by this
    private boolean busy; // somebody looks for the actor, and serves what waits; guarded by this
    private volatile String found; // the id, as far as it is known

    Address(Name name, References references, int maxWaiting) {
        this.name = name;
        this.references = references;
        this.relay = references.relay();
        this.maxWaiting = maxWaiting;
    }

    /** Asks something, now or behind what waits. */
    void ask(Asking asking) {
        String now;
        boolean full = false;
        boolean begins = false;
        synchronized (this) {
            now = busy || found == null || !relay.isAtHand(found) ? null : found;
            if (now == null) {
                full = waiting.size() >= maxWaiting;
                begins = !busy;
                busy = true;
            }
            if (now == null && !full) {
                waiting.add(asking);
            }
        }
        if (now != null) {
            send(asking, now);
        } else if (full) {
            asking.refused(ActorError.overloaded(maxWaiting));
        } else if (begins) {
            begin();
        }
    }

    /** The actor of that id is not there any more. */
    void forget(String actorId) {
        if (actorId.equals(found)) {
            found = null;
        }
    }

    /** A client that was connected leaves. */
    void leave(String actorId, String clientId) {
        if (relay.isAtHand(actorId)) { // else the connection has ended with its instance
            Mailbox.withoutTurns(() -> relay.ask(actorId, new Command.Disconnect(clientId)));
        }
    }

    /** Whether nobody would miss it. */
    synchronized boolean isIdle() {
        return !busy;
    }

    private void begin() {
        try {
            references.lookups().execute(this::serve);
        } catch (RuntimeException | Error e) { // too much is looked for, no thread can be started, or all has stopped
            LOG.log(Level.DEBUG, "nobody can look for an actor", e);
            for (Asking asking = next(); asking != null; asking = next()) {
                asking.refused(ActorError.unavailable());
            }
        }
    }

    private void serve() {
        for (Asking asking = next(); asking != null; asking = next()) {
            serve(asking);
        }
    }

    private synchronized Asking next() {
        Asking next = waiting.poll();
        busy = next != null;
        return next;
    }

    private void serve(Asking asking) {
        guarded(asking, () -> send(asking, find(asking)));
    }

    private void send(Asking asking, String actorId) {
        Runnable send = () -> guarded(asking, () -> asking.send(relay, actorId));
        Mailbox.withoutTurns(send); // a turn here would be inside the caller's transaction
    }

    private static void guarded(Asking asking, Runnable task) {
        try {
            task.run();
        } catch (ActorException e) {
            asking.refused(e.error());
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "asking an actor failed", e);
            asking.refused(ActorError.internal());
        }
    }

    /** @throws ActorException if there is none, or none can be created */
    private String find(Asking asking) {
        String known = found;
        if (known == null) {
            known = findAnew(asking);
            found = known;
        }
        return known;
    }

    private String findAnew(Asking asking) {
        if (name.key != null) {
            references.requireValid(name.key);
        }
        ActorType type = relay.type(name.type).orElseThrow(() -> new ActorException(ActorError.typeNotFound()));
        asking.requireAccess(type);
        Optional<ActorRecord> stored = name.id == null
                ? relay.find(name.type, name.key)
                : relay.find(name.id).filter(actor -> actor.name().equals(name.type));
        if (stored.isPresent()) {
            return stored.get().id();
        }
        Wanted wanted = name.id == null ? asking.wanted(type) : null;
        if (wanted == null) {
            throw new ActorException(ActorError.actorNotFound());
        }
        return relay.getOrCreate(wanted).actor().id();
    }
}
