package org.thespis.runtime.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
    private final Runnable tooLate = this::tooLate;
    private boolean busy; // somebody looks for the actor, and serves what waits; guarded by this
    private Asking lookedFor; // who waits for the store now; guarded by this
    private boolean hangs; // the store does not answer for so long that nobody waits any more; guarded by this
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
        ActorError refusal = null;
        boolean begins = false;
        synchronized (this) {
            now = busy || found == null || !relay.isAtHand(found) ? null : found;
            if (now == null) {
                refusal = refusal();
                begins = !busy;
                busy = true;
            }
            if (now == null && refusal == null) {
                waiting.add(asking);
            }
        }
        if (now != null) {
            send(asking, now);
        } else if (refusal != null) {
            asking.refused(refusal);
        } else if (begins) {
            begin();
        }
    }

    /** Why nothing more may wait; null if it may. Under the lock. */
    private ActorError refusal() {
        if (hangs) {
            return ActorError.storeUnavailable();
        }
        return waiting.size() >= maxWaiting ? ActorError.overloaded(maxWaiting) : null;
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
        limit(Duration.ZERO);
        try {
            references.lookups().execute(this::serve);
        } catch (RuntimeException | Error e) { // too much is looked for, no thread can be started, or all has stopped
            LOG.log(Level.DEBUG, "nobody can look for an actor", e);
            for (Asking asking = next(); asking != null; asking = next()) {
                asking.refused(ActorError.unavailable());
            }
        }
    }

    /** From now on the store, or a thread to ask it, has so long. */
    private void limit(Duration more) {
        references.later(references.callEnd(more), tooLate);
    }

    private void tooLate() {
        List<Asking> late;
        synchronized (this) {
            if (!busy) {
                return; // it was served just now
            }
            hangs = true;
            late = new ArrayList<>(waiting);
            waiting.clear();
            if (lookedFor != null) {
                late.add(0, lookedFor);
                lookedFor = null;
            }
        }
        late.forEach(asking -> asking.refused(ActorError.storeUnavailable()));
    }

    private void serve() {
        for (Asking asking = next(); asking != null; asking = next()) {
            serve(asking);
        }
    }

    private Asking next() {
        Asking next;
        synchronized (this) {
            next = waiting.poll();
            busy = next != null;
            lookedFor = next;
            hangs &= busy;
        }
        if (next == null) {
            references.notLater(tooLate);
        }
        return next;
    }

    private void serve(Asking asking) {
        String id;
        try {
            id = find(asking);
        } catch (Throwable e) {
            if (isStillWanted()) {
                refuse(asking, e);
            }
            return;
        }
        if (isStillWanted()) {
            send(asking, id);
        }
    }

    /** The store has answered; false if who asked was told meanwhile that it takes too long. */
    private boolean isStillWanted() {
        references.notLater(tooLate); // what follows waits for no store, however much it is
        synchronized (this) {
            boolean wanted = lookedFor != null;
            lookedFor = null;
            return wanted;
        }
    }

    private void send(Asking asking, String actorId) {
        Runnable send = () -> guarded(asking, () -> asking.send(relay, actorId));
        Mailbox.withoutTurns(send); // a turn here would be inside the caller's transaction
    }

    private static void guarded(Asking asking, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            refuse(asking, e);
        }
    }

    private static void refuse(Asking asking, Throwable thrown) {
        if (thrown instanceof ActorException e) {
            asking.refused(e.error());
        } else {
            Throwables.log(LOG, Level.ERROR, "asking an actor failed", thrown);
            asking.refused(ActorError.internal());
        }
    }

    /** @throws ActorException if there is none, or none can be created */
    private String find(Asking asking) {
        String known = found;
        if (known == null) {
            limit(Duration.ZERO);
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
        limit(relay.creationLimit(name.type));
        return relay.getOrCreate(wanted).actor().id();
    }
}
