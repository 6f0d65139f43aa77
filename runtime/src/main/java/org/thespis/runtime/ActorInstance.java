package org.thespis.runtime;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.ActorBeans.ActorBean;

/** One live actor: its bean, its mailbox and its clients. Commands from any thread; all else inside its turns. */
final class ActorInstance {

    private static final int NORMAL_CLOSURE = 1000; // RFC 6455, section 7.4.1

    /** What a turn does. */
    @FunctionalInterface
    interface Body {
        void run(Turn turn);
    }

    private final ActorContainer container;
    private final ActorRecord record;
    private final Services services;
    private final Mailbox mailbox;
    private final InstanceContext context = new InstanceContext(this);
    private final LiveConnections connections = new LiveConnections(this);
    private final Connector connector = new Connector(this);
    private final ActionCalls calls = new ActionCalls(this);
    private final LowLevel lowLevel = new LowLevel(this);

    private volatile Thread turnThread;
    private Turn turn;
    private ActorBean bean;
    private boolean gone;

    ActorInstance(ActorContainer container, ActorRecord record, Services services) {
        this.container = container;
        this.record = record;
        this.services = services;
        this.mailbox = new Mailbox(services.executor());
    }

    ActorRecord record() {
        return record;
    }

    ActorDefinition definition() {
        return container.definition();
    }

    Services services() {
        return services;
    }

    Values values() {
        return services.values();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    ActionCalls calls() {
        return calls;
    }

    InstanceContext context() {
        return context;
    }

    LiveConnections connections() {
        return connections;
    }

    Connector connector() {
        return connector;
    }

    Object bean() {
        return bean.instance();
    }

    boolean isGone() {
        return gone;
    }

    Output.Origin origin() {
        return new Output.Origin(record.id(), record.key().toString());
    }

    /** Takes a command. Any thread. */
    void deliver(Command command) {
        if (command instanceof Command.Call call) {
            calls.deliver(call);
        } else if (command instanceof Command.CallOnce call) {
            calls.deliver(call);
        } else if (command instanceof Command.Subscribe subscribe) {
            submit(t -> connector.subscribe(t, subscribe));
        } else if (command instanceof Command.Connect connect) {
            submit(t -> connector.connect(t, connect));
        } else if (command instanceof Command.Disconnect disconnect) {
            submit(t -> connector.disconnect(disconnect.clientId()));
        } else {
            lowLevel.deliver(command);
        }
    }

    /** Tells callers whose time is over. Any thread. */
    void expireCalls(long nowNanos) {
        calls.expire(nowNanos);
    }

    /** Runs a turn that must not be lost. Any thread. */
    void submit(Body body) {
        mailbox.submit(() -> run(body));
    }

    /** Runs an author's task as a turn. Any thread. */
    void execute(Runnable task) {
        boolean accepted = mailbox.offer(
                () -> run(t -> {
                    if (!gone) {
                        task.run();
                    }
                }),
                services.settings().maxWaitingCalls());
        if (!accepted) {
            throw new RejectedExecutionException(this + " has too many turns waiting");
        }
    }

    /**
     * Runs the first turn, {@code OnCreate} in it.
     *
     * @throws ActorException if that failed or took too long; then the instance is discarded
     */
    void create(Object input) {
        CompletableFuture<Void> created = new CompletableFuture<>();
        Body first = t -> {
            try {
                hook(Hook.CREATE, null, Collections.singletonList(input instanceof Undefined ? null : input));
                created.complete(null);
            } catch (Throwable e) {
                created.completeExceptionally(e);
            }
        };
        if (definition().hook(Hook.CREATE) == null) {
            submit(first);
        } else {
            inAnotherThread(() -> submit(first)); // as it may take too long
        }
        try {
            created.get(services.settings().createTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            discard();
            throw new ActorException(failure(e, "@OnCreate"));
        } catch (TimeoutException e) {
            discard();
            throw new ActorException(ActorError.createTimedOut());
        } catch (InterruptedException e) {
            discard();
            Thread.currentThread().interrupt();
            throw new ActorException(ActorError.unavailable());
        }
    }

    private void inAnotherThread(Runnable task) {
        try {
            services.executor().execute(task);
        } catch (RejectedExecutionException e) { // all threads are busy
            task.run();
        }
    }

    /** Forgets the instance, as if it had never been. */
    void discard() {
        submit(t -> {
            gone = true;
            endBean();
        });
    }

    /** Ends the instance, but not the actor, behind the turns that wait. Any thread. */
    CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(t -> {
            if (!gone) {
                gone = true;
                calls.abandon(t);
                endBean();
            }
            done.complete(null);
        });
        return done;
    }

    /** Ends the actor in a turn of its own. Any thread. */
    CompletionStage<Void> destroy() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(t -> {
            try {
                destroyNow();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Ends the actor as part of the present turn. */
    void destroyNow() {
        if (gone) {
            return;
        }
        hookOrLog(Hook.DESTROY);
        services.store().delete(record.id());
        gone = true;
        container.remove(this);
        calls.abandon(turn);
        for (LiveConnection connection : connections.snapshot()) {
            turn.add(new Output.Closed(connection.id(), NORMAL_CLOSURE, null));
            connection.leave();
        }
        lowLevel.closeAll(turn);
        endBean();
    }

    private void endBean() {
        try {
            bean.destroy();
        } catch (RuntimeException e) {
            Failures.log(e, "ending the bean of " + this);
        }
    }

    /** Runs a turn. Called by the mailbox only. */
    void run(Body body) {
        Turn current = new Turn();
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        thread.setContextClassLoader(definition().type().getClassLoader());
        turn = current;
        turnThread = thread;
        try {
            if (bean == null) {
                bean = services.beans().create(definition(), context);
            }
            Object entered = bean.enter();
            try {
                body.run(current);
                current.runEpilogue();
            } finally {
                bean.leave(entered);
            }
        } finally {
            turnThread = null;
            turn = null;
            thread.setContextClassLoader(outer);
        }
        for (Output output : current.outputs()) {
            services.sink().deliver(output);
        }
    }

    /** The present turn. */
    Turn requireTurn() {
        if (turnThread != Thread.currentThread()) {
            throw new IllegalStateException("use this only inside a turn of " + this
                    + "; from other threads go through ActorContext.executor()");
        }
        return turn;
    }

    /** Calls a hook with plain arguments; null if the actor has none of that kind. */
    Object hook(Hook hook, LiveConnection connection, List<Object> plainArguments) throws Throwable {
        Invoker invoker = definition().hook(hook);
        return invoker == null ? null : invoker.invokePlain(bean(), context, connection, plainArguments, values());
    }

    private void hookOrLog(Hook hook) {
        try {
            hook(hook, null, List.of());
        } catch (Throwable e) {
            Failures.log(e, hook + " of " + this);
        }
    }

    ActorError failure(Throwable thrown, String what) {
        return Failures.error(thrown, what + " of " + this, definition().type(), values());
    }

    /** A copy of an author's arguments as they are now. */
    @SuppressWarnings("unchecked")
    List<Object> plainList(Object... arguments) {
        return arguments == null
                ? Collections.singletonList(null)
                : (List<Object>) values().plain(Arrays.asList(arguments));
    }

    @Override
    public String toString() {
        return record.name() + "/" + record.key() + " (" + record.id() + ")";
    }
}
