package org.thespis.runtime.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.thespis.api.Subscription;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.Relay;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Throwables;
import org.thespis.runtime.message.Wanted;

/**
 * A connection inside the server that listens to one event. Its listener is called on threads for that, one event after the
 * other. Any thread.
 */
final class Listening implements Subscription, Asking, InsideClient {

    /** Who wants to listen to what. */
    record Wish(Sender sender, Target target, String event) {}

    /** Calls the listener; binds first what it takes. May throw anything. */
    interface Hearing {
        void hear(Values values, List<Object> arguments);
    }

    private static final Logger LOG = System.getLogger(Listening.class.getName());

    /** Events that are heard in one go, before other listeners have their turn. */
    private static final int EVENTS_PER_RUN = 64;

    private static final int NORMAL_CLOSURE = 1000; // RFC 6455, section 7.4.1

    /** What ends with the instance of the actor, not with the actor. */
    private static final List<String> TEMPORARY = List.of(
            ActorError.restarting().reason(),
            ActorError.unavailable().reason(),
            ActorError.destroyed().reason());

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Scope scope;
    private final References references;
    private final Wish wish;
    private final Hearing hearing;
    private final Address address;
    private final StageAnswer<Void> opened;
    private final StageAnswer<Void> ended;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final Queue<List<Object>> waiting = new ArrayDeque<>(); // guarded by this
    private boolean hearingNow; // guarded by this
    private boolean over; // guarded by this
    private boolean asked; // the subscription is on its way; guarded by this
    private boolean accepted; // guarded by this
    private ActorError refusal; // guarded by this
    private long pause = FIRST_PAUSE_NANOS; // guarded by this
    private String clientId = ""; // none before it is asked; guarded by this
    private volatile String actorId;

    /** @throws org.thespis.api.ActorCallException {@code guard.service_unavailable} if no actors run now */
    Listening(Scope scope, Wish wish, Hearing hearing) {
        this.scope = scope;
        this.references = scope.references();
        this.wish = wish;
        this.hearing = hearing;
        this.address = references.address(wish.target.name());
        this.opened = new StageAnswer<>(references, wish.sender.caller(), nothing -> null);
        this.ended = new StageAnswer<>(references, wish.sender.caller(), nothing -> null);
    }

    void begin() {
        scope.opened(this);
        if (references.opens()) {
            references.ask(this::open, error -> end(error, false));
        } else {
            synchronized (this) {
                over = true;
            }
            tellEnd(references.refusal());
        }
    }

    private void open() {
        String id = references.nextId();
        synchronized (this) {
            if (over) {
                return;
            }
            clientId = id;
            asked = false;
            accepted = false;
            refusal = null;
        }
        references.add(id, this);
        if (isOver()) { // closed meanwhile, before it was there under this id
            references.remove(id, this);
            return;
        }
        address.ask(this);
    }

    private synchronized String clientId() {
        return clientId;
    }

    @Override
    public CompletionStage<Void> opened() {
        return opened.stage();
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended.stage();
    }

    @Override
    public void requireAccess(ActorType type) {
        type.requireConnection(wish.sender.caller());
    }

    @Override
    public Wanted wanted(ActorType type) {
        return wish.target.wanted(wish.sender.caller(), clientId(), wish.sender.parameters());
    }

    @Override
    public void send(Relay relay, String id) {
        String client = clientId();
        actorId = id;
        synchronized (this) {
            if (over) {
                return;
            }
        }
        relay.ask(id, new Command.Connect(client, wish.sender.parameters(), wish.sender.caller()));
        relay.ask(id, new Command.Subscribe(client, wish.event, true));
        boolean in;
        synchronized (this) {
            asked = true;
            in = accepted;
        }
        if (in) {
            opened.result(null);
        }
        if (isOver()) { // somebody closed it meanwhile, and knew no actor
            relay.ask(id, new Command.Disconnect(client));
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    @Override
    public void refused(ActorError error) {
        comeBackOrEnd(error);
    }

    @Override
    public void told(Output.ToOne output) {
        if (output instanceof Output.Opened) {
            accepted();
        } else if (output instanceof Output.Failed failed) {
            failed(failed.error());
        } else if (output instanceof Output.Closed closed) {
            closed(closed);
        }
    }

    private void accepted() {
        boolean in;
        synchronized (this) {
            accepted = true;
            pause = FIRST_PAUSE_NANOS;
            in = asked;
        }
        if (in) {
            opened.result(null);
        }
    }

    /** Of one that is not let in the close follows. */
    private void failed(ActorError error) {
        boolean in;
        synchronized (this) {
            refusal = error;
            in = accepted;
        }
        if (in) {
            end(error, true);
        }
    }

    private void closed(Output.Closed closed) {
        ActorError why;
        synchronized (this) {
            why = refusal;
        }
        if (closed.code() == NORMAL_CLOSURE) {
            end(null, false);
        } else {
            comeBackOrEnd(why == null ? error(closed.reason()) : why);
        }
    }

    private static ActorError error(String reason) {
        String text = reason == null ? "connection.closed" : reason;
        int dot = text.indexOf('.');
        return dot < 0
                ? ActorError.of("connection", text, "The connection was closed")
                : ActorError.of(text.substring(0, dot), text.substring(dot + 1), "The connection was closed");
    }

    private void comeBackOrEnd(ActorError error) {
        if (!TEMPORARY.contains(error.reason()) || references.isClosed()) {
            end(error, false);
            return;
        }
        long wait;
        String client;
        synchronized (this) {
            wait = pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            client = clientId;
        }
        references.remove(client, this);
        if (actorId != null && error.reason().equals(ActorError.destroyed().reason())) {
            address.forget(actorId);
        }
        references.later(System.nanoTime() + wait, this::open);
    }

    @Override
    public void heard(Output.Event event) {
        boolean begins = false;
        boolean full = false;
        synchronized (this) {
            if (over) {
                return;
            }
            full = waiting.size() >= references.settings().maxWaitingEvents();
            if (!full) {
                waiting.add(event.arguments());
                begins = !hearingNow;
                hearingNow = true;
            }
        }
        if (full) {
            end(ActorError.tooSlow(references.settings().maxWaitingEvents()), true);
        } else if (begins) {
            references.callbacks().execute(this::hear);
        }
    }

    private void hear() {
        StageAnswer.inContext(loader, () -> Behind.run(wish.sender.caller(), this::hearSome));
    }

    private void hearSome() {
        for (int i = 0; i < EVENTS_PER_RUN; i++) {
            List<Object> arguments = next();
            if (arguments == null) {
                return;
            }
            hear(arguments);
        }
        references.callbacks().execute(this::hear);
    }

    private synchronized List<Object> next() {
        List<Object> next = waiting.poll();
        hearingNow = next != null;
        return next;
    }

    /** Each listener has a copy of its own. */
    @SuppressWarnings("unchecked")
    private void hear(List<Object> arguments) {
        try {
            hearing.hear(references.values(), (List<Object>) references.values().plain(arguments));
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "a listener to " + wish.event + " of " + wish.target + " failed", e);
        }
    }

    @Override
    public void over(ActorError error) {
        end(error, false);
    }

    @Override
    public void close() {
        synchronized (this) {
            waiting.clear();
        }
        end(null, true);
    }

    /**
     * The one end.
     *
     * @param error null for a normal one
     * @param leaves whether the actor is to be told
     */
    private void end(ActorError error, boolean leaves) {
        String client;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            client = clientId;
        }
        references.closed(client, this);
        String actor = actorId;
        if (leaves && actor != null) {
            address.leave(actor, client);
        }
        tellEnd(error);
    }

    private void tellEnd(ActorError error) {
        scope.ended(this);
        ActorError unopened = error == null ? ActorError.connectionClosed() : error;
        opened.error(unopened); // without effect on one that was open
        if (error == null) {
            ended.result(null);
        } else {
            ended.error(error);
        }
    }
}
