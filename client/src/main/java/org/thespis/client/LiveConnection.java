package org.thespis.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.client.OpenCalls.OpenCall;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.Frame;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;
import org.thespis.protocol.contract.GuardedStage;

/**
 * A connection and its lines, one after the other. Under its lock things are only put in order; what runs then, in the lane and
 * on the line, is started behind it. Any thread.
 */
final class LiveConnection implements ActorConnection, Line.Owner, Ticked {

    private final LiveClient client;
    private final Target target;
    private final Supplier<?> parameters;
    private final Lane lane;
    private final GuardedStage<Void> opened;
    private final GuardedStage<Void> ended;
    private final AtomicLong lastId = new AtomicLong();
    private final ConnectionListeners listeners;
    private final ConnectedCalls making;
    private final Subscriptions subscriptions; // guarded by this
    private final OpenCalls calls; // guarded by this
    private final Pauses pauses; // guarded by this
    private ConnectionStatus status = ConnectionStatus.CONNECTING; // guarded by this
    private Line line; // null during pauses; guarded by this
    private boolean ready; // the actor has let the line in; guarded by this
    private ActorCallException refusal; // what the server said about the line; guarded by this
    private long readySince; // guarded by this
    private boolean pausing; // guarded by this
    private long again; // guarded by this
    private ActorCallException why; // it has ended; guarded by this
    private String actorId; // guarded by this
    private String connectionId; // guarded by this

    LiveConnection(LiveClient client, Target target, Supplier<?> parameters) {
        this.client = client;
        this.target = target;
        this.parameters = parameters;
        this.lane = new Lane(client::execute);
        this.opened = stage();
        this.ended = stage();
        this.listeners = new ConnectionListeners(lane);
        this.making = new ConnectedCalls(client);
        this.subscriptions = new Subscriptions(client.bounds(), lane);
        this.calls = new OpenCalls(client.bounds());
        this.pauses = new Pauses(client.times().firstPause(), client.times().longestPause());
    }

    <T> GuardedStage<T> stage() {
        return new GuardedStage<>(client::execute, lane.elsewhere());
    }

    void begin() {
        if (client.begin(this)) {
            attempt();
        } else {
            end(ClientErrors.closed());
        }
    }

    private void attempt() {
        Line fresh = new Line(client, target, parameters, this);
        synchronized (this) {
            if (why != null) {
                return;
            }
            line = fresh;
            ready = false;
            refusal = null;
            status(ConnectionStatus.CONNECTING);
        }
        lane.go();
        fresh.begin();
    }

    /** Under the lock. */
    private void status(ConnectionStatus now) {
        if (status != now) {
            status = now;
            listeners.changed(now);
        }
    }

    @Override
    public void received(Line from, ServerMessage message, int size) {
        if (message instanceof Event event) {
            heard(from, event, size);
        } else if (message instanceof ActionResponse response) {
            answered(from, response.id(), answer -> answer.result(response.output()));
        } else if (message instanceof Failure failure && failure.actionId() != null) {
            failed(from, failure.actionId(), ClientErrors.of(failure.error()));
        } else if (message instanceof Failure failure) {
            refused(from, ClientErrors.of(failure.error()));
        } else if (message instanceof Init init) {
            letIn(from, init);
        }
    }

    private void letIn(Line from, Init init) {
        synchronized (this) {
            if (from != line) {
                return;
            }
            ready = true;
            readySince = System.nanoTime();
            String before = actorId;
            actorId = init.actorId();
            connectionId = init.connectionId();
            subscriptions.events().forEach(event -> from.queue(subscription(event, true)));
            subscriptions.letIn();
            if (!from.takesKeys() || !init.actorId().equals(before)) {
                failLeft();
            }
            calls.send(from);
            status(ConnectionStatus.CONNECTED);
            listeners.opened(); // first, so that who waits for it and then listens is told the next one
            lane.put(() -> opened.complete(null));
        }
        lane.go();
        from.flush();
    }

    private Frame subscription(String event, boolean subscribe) {
        return client.codec().encode(new SubscriptionRequest(event, subscribe));
    }

    private void failed(Line from, long id, ActorCallException error) {
        if (ClientErrors.isInProgress(error)) {
            synchronized (this) {
                if (from == line && calls.runs(id, System.nanoTime())) {
                    return; // it is asked for again
                }
            }
        }
        answered(from, id, answer -> answer.error(error));
    }

    private void answered(Line from, long id, Consumer<Answer<Object>> telling) {
        OpenCall call;
        boolean leaves;
        boolean now;
        synchronized (this) {
            call = from == line ? calls.answered(id) : null;
            if (call == null) {
                return; // its time was over, or it is no answer
            }
            leaves = ready && calls.send(from); // there is room for another
            now = call.answer().runsNothing() && lane.isIdle();
            if (!now) {
                Answer<Object> answer = call.answer();
                lane.put(() -> telling.accept(answer));
            }
        }
        if (now) { // a thread that waits goes on without a way through others, nor one to this lock
            telling.accept(call.answer());
        } else {
            lane.go();
        }
        if (leaves) {
            from.flush();
        }
    }

    /** An error of the line, or of a subscription, which the line survives. */
    private void refused(Line from, ActorCallException error) {
        List<EventSubscription> ends = List.of();
        synchronized (this) {
            if (from != line) {
                return;
            }
            if (error.group().equals("auth")
                    && error.metadata() instanceof Map<?, ?> what
                    && what.containsKey("event")) {
                ends = subscriptions.of(String.valueOf(what.get("event")));
            } else if (ready) {
                listeners.failed(error); // the line goes on
            } else {
                refusal = error; // told with the end that follows
            }
        }
        lane.go();
        ends.forEach(subscription -> end(subscription, error));
    }

    private void heard(Line from, Event event, int size) {
        List<EventSubscription> tooSlow;
        synchronized (this) {
            if (from != line) {
                return;
            }
            tooSlow = subscriptions.hear(event.name(), event.arguments(), size);
        }
        lane.go();
        tooSlow.forEach(
                listener -> end(listener, ClientErrors.tooSlow(client.bounds().waitingEvents())));
    }

    @Override
    public void lost(Line from, String reason, ActorCallException failure) {
        ActorCallException forGood = null;
        synchronized (this) {
            if (from != line) {
                return;
            }
            line = null;
            ActorCallException said = refusal == null ? ClientErrors.ofCloseReason(reason) : refusal;
            ActorCallException error = failure == null ? said : failure;
            if (ready) {
                listeners.closed();
            } else if (error == null) {
                error = ClientErrors.unreachable("it closed the connection before it let it in: " + reason);
            }
            failSent(error);
            if (mayComeBack(error)) {
                pause(error);
            } else {
                forGood = error;
            }
            ready = false;
            connectionId = null;
        }
        lane.go();
        if (forGood != null) {
            end(forGood);
        }
    }

    /** Under the lock. */
    private boolean mayComeBack(ActorCallException error) {
        return ready
                || error == null
                || ClientErrors.isOfLine(error)
                || ClientErrors.isTemporary(error, target.creates());
    }

    /** Under the lock. */
    private void pause(ActorCallException error) {
        if (error != null) {
            listeners.failed(error);
        }
        long now = System.nanoTime();
        again = now + (ready ? pauses.after(now - readySince) : pauses.next());
        pausing = true;
        status(ConnectionStatus.DISCONNECTED);
    }

    /** Calls that may have run, of which nobody knows there. Under the lock. */
    private void failLeft() {
        for (OpenCall call : calls.takeUnaskable()) {
            ActorCallException lost = ClientErrors.lost("who is there now does not know the call");
            lane.put(() -> call.answer().error(lost));
        }
    }

    /** @param error why the line has ended; null if nobody said. Under the lock. */
    private void failSent(ActorCallException error) {
        boolean isPassing = error == null
                || ClientErrors.isOfLine(error)
                || ClientErrors.isTemporary(error, target.creates())
                || ready && ClientErrors.isTokenExpired(error);
        ActorCallException told = error == null ? ClientErrors.lost("it was closed") : error;
        for (OpenCall call : isPassing ? calls.takeLost() : calls.takeSent()) {
            lane.put(() -> call.answer().error(told));
        }
    }

    @Override
    public void tick(long nowNanos) {
        List<OpenCall> late;
        Line current;
        boolean isOpen;
        boolean comesBack;
        boolean leaves;
        synchronized (this) {
            late = calls.takeOlder(nowNanos, client.times().call().toNanos());
            current = line;
            isOpen = ready;
            comesBack = pausing && nowNanos - again >= 0;
            pausing &= !comesBack;
            leaves = isOpen && (calls.sendAgain(current, nowNanos) | calls.send(current));
        }
        ActorCallException timedOut =
                late.isEmpty() ? null : ClientErrors.callTimedOut(client.times().call());
        for (OpenCall call : late) { // past the lane, which may be held up
            client.execute(() -> call.answer().error(timedOut));
        }
        if (current != null) {
            current.tick(nowNanos, isOpen);
        }
        if (leaves) {
            client.execute(current::flush);
        }
        if (comesBack) {
            client.execute(this::attempt);
        }
    }

    @Override
    public CompletionStage<Object> call(Type result, String action, Object... arguments) {
        Objects.requireNonNull(result, "the type of the result");
        Objects.requireNonNull(action, "the name of the action");
        GuardedStage<Object> stage = stage();
        Answer<Object> answer = making.answer(stage, result, action);
        try {
            begin(action, answer, arguments);
        } catch (ActorCallException e) {
            stage.completeExceptionally(e);
        }
        return stage;
    }

    /** @throws ActorCallException if it is not taken in */
    private void begin(String action, Answer<Object> answer, Object... arguments) {
        OpenCall call = making.call(lastId.incrementAndGet(), action, answer, arguments);
        Line current;
        synchronized (this) {
            if (why != null) {
                throw why;
            }
            if (!calls.add(call)) {
                throw ClientErrors.tooManyCalls(client.bounds().calls());
            }
            current = ready ? line : null;
            if (current != null) {
                calls.send(current);
            }
        }
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public Subscription on(String event, Consumer<? super List<Object>> listener) {
        return listen(event, false, listening(listener));
    }

    @Override
    public <T> Subscription on(String event, Class<T> payload, Consumer<? super T> listener) {
        return listen(event, false, listening(payload, listener));
    }

    @Override
    public Subscription once(String event, Consumer<? super List<Object>> listener) {
        return listen(event, true, listening(listener));
    }

    @Override
    public <T> Subscription once(String event, Class<T> payload, Consumer<? super T> listener) {
        return listen(event, true, listening(payload, listener));
    }

    private Consumer<List<Object>> listening(Consumer<? super List<Object>> listener) {
        return making.listening(Objects.requireNonNull(listener, "the listener"));
    }

    private <T> Consumer<List<Object>> listening(Class<T> payload, Consumer<? super T> listener) {
        return making.listening(
                Objects.requireNonNull(payload, "the type of the event"),
                Objects.requireNonNull(listener, "the listener"));
    }

    private Subscription listen(String event, boolean once, Consumer<List<Object>> listener) {
        EventSubscription subscription =
                new EventSubscription(this, Objects.requireNonNull(event, "the name of the event"), once, listener);
        ActorCallException refused;
        Line current = null;
        synchronized (this) {
            refused = why;
            if (refused == null) {
                boolean first = subscriptions.add(subscription);
                current = ready ? line : null;
                if (current != null) {
                    lane.put(subscription::letIn);
                    if (first) {
                        current.queue(subscription(event, true));
                    }
                }
            }
        }
        if (refused != null) {
            end(subscription, refused);
        }
        lane.go();
        if (current != null) {
            current.flush();
        }
        return subscription;
    }

    /** Ends a subscription; without effect if it has ended. */
    void end(EventSubscription subscription, ActorCallException error) {
        if (!subscription.end()) {
            return;
        }
        Line current = null;
        synchronized (this) {
            if (subscriptions.remove(subscription)) {
                current = ready ? line : null;
                if (current != null) {
                    current.queue(subscription(subscription.event(), false));
                }
            }
            lane.put(() -> subscription.tellEnd(error));
        }
        lane.go();
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public void close() {
        end(ClientErrors.closed());
    }

    /** The one end. */
    private void end(ActorCallException error) {
        boolean normal = error.code().equals("closed") && error.group().equals("client");
        List<EventSubscription> all;
        Line last;
        synchronized (this) {
            if (why != null) {
                return;
            }
            why = error;
            last = line;
            line = null;
            pausing = false;
            all = subscriptions.all();
            for (OpenCall call : calls.takeAll()) {
                lane.put(() -> call.answer().error(error));
            }
            if (ready) {
                listeners.closed();
            }
            ready = false;
            connectionId = null;
            status(ConnectionStatus.CLOSED);
            if (!normal) {
                listeners.failed(error);
            }
            lane.put(() -> tellEnd(normal ? null : error));
        }
        client.ended(this);
        if (last != null) {
            last.leave();
        }
        all.forEach(subscription -> end(subscription, normal ? null : error));
        lane.go();
    }

    private void tellEnd(ActorCallException error) {
        opened.completeExceptionally(error == null ? ClientErrors.closed() : error); // of no effect if it was let in
        if (error == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(error);
        }
    }

    @Override
    public String name() {
        return target.type();
    }

    @Override
    public void tell(String action, Object... arguments) {
        client.tell(this, target, action, arguments);
    }

    @Override
    public Blocking blocking() {
        return blocking(client.times().blocking());
    }

    @Override
    public Blocking blocking(Duration timeout) {
        return new WaitingCalls(client.values(), lane, this::begin, timeout);
    }

    @Override
    public ActorReference withParameters(Object others) {
        return new Reference(client, target, client.constant(others));
    }

    @Override
    public CompletionStage<Void> destroy() {
        return new Reference(client, target, parameters).destroy();
    }

    @Override
    public Registration onOpen(Runnable listener) {
        return listeners.onOpen(listener);
    }

    @Override
    public Registration onClose(Runnable listener) {
        return listeners.onClose(listener);
    }

    @Override
    public Registration onError(Consumer<? super ActorCallException> listener) {
        return listeners.onError(listener);
    }

    @Override
    public Registration onStatus(Consumer<? super ConnectionStatus> listener) {
        return listeners.onStatus(listener);
    }

    @Override
    public synchronized ConnectionStatus status() {
        return status;
    }

    @Override
    public synchronized Optional<String> actorId() {
        return Optional.ofNullable(actorId);
    }

    @Override
    public synchronized Optional<String> connectionId() {
        return Optional.ofNullable(connectionId);
    }

    @Override
    public CompletionStage<Void> opened() {
        return opened;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public <T> T as(Class<T> contract) {
        return ClientContract.of(contract).over(this);
    }

    @Override
    public String toString() {
        return "connection to " + target;
    }
}
