package org.thespis.testkit;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** The way to an actor of the run, in the place of a session of the gateway. Any thread. */
final class LocalLink implements Link {

    private final String id;
    private final String actorId;
    private final Object parameters;
    private final TestConnection connection;
    private final Run run;
    private final CompletableFuture<Object> opened = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Object>> calls = new HashMap<>(); // guarded by this
    private ActorError refusal; // of the connection, or of the last subscription; guarded by this
    private long lastCall; // guarded by this
    private CompletableFuture<Void> line =
            CompletableFuture.completedFuture(null); // what was told last; guarded by this

    /** @param parameters plain */
    LocalLink(String id, String actorId, Object parameters, TestConnection connection, Run run) {
        this.id = id;
        this.actorId = actorId;
        this.parameters = parameters;
        this.connection = connection;
        this.run = run;
    }

    String id() {
        return id;
    }

    boolean isOf(String actor) {
        return actor.equals(actorId);
    }

    @Override
    public void open() {
        run.ask(
                actorId,
                new Command.Connect(
                        id,
                        parameters,
                        connection.actor().caller(),
                        connection.actor().handshake()));
        connection.await(opened, "being let in by " + connection.actor());
    }

    @Override
    public void subscribe(String event) {
        synchronized (this) {
            refusal = null;
        }
        run.ask(actorId, new Command.Subscribe(id, event, true));
        run.settle();
        ActorError refused;
        synchronized (this) {
            refused = refusal;
        }
        if (refused != null) {
            throw Plain.exception(refused);
        }
    }

    @Override
    public CompletableFuture<Object> call(Type result, String action, Object... arguments) {
        List<Object> plain = Plain.of(Arrays.asList(arguments));
        CompletableFuture<Object> answer = new CompletableFuture<>();
        long call;
        synchronized (this) {
            connection.requireOpen();
            call = ++lastCall;
            calls.put(call, answer);
        }
        run.ask(actorId, new Command.Call(id, call, action, plain));
        return result == Object.class ? answer : bound(answer, result, action);
    }

    private static CompletableFuture<Object> bound(CompletableFuture<Object> answer, Type result, String action) {
        return answer.handle((plain, failure) -> {
            if (failure != null) {
                throw failure instanceof RuntimeException known ? known : new CompletionException(failure);
            }
            return Plain.bind(plain, result, action);
        });
    }

    @Override
    public void leave() {
        tellClosed(takeCalls());
        disconnect();
    }

    private synchronized List<CompletableFuture<Object>> takeCalls() {
        List<CompletableFuture<Object>> all = List.copyOf(calls.values());
        calls.clear();
        return all;
    }

    private static void tellClosed(List<CompletableFuture<Object>> calls) {
        calls.forEach(call -> call.completeExceptionally(Plain.exception(ActorError.connectionClosed())));
    }

    private void disconnect() {
        run.forget(this);
        run.ask(actorId, new Command.Disconnect(id));
    }

    @Override
    public void settle() {
        run.settle();
    }

    @Override
    public String report() {
        return "; the clock of the test stands still meanwhile" + run.report();
    }

    /** The run of the actors is over, and what was handed over may never be told. */
    void lost(String reason) {
        end(reason);
        tellEnd();
    }

    /** From now on nothing more is asked; false if it has ended already. */
    private synchronized boolean end(String reason) {
        return connection.end(reason);
    }

    /** Tells who still waits. */
    private void tellEnd() {
        ActorError error;
        synchronized (this) {
            error = refusal == null ? ActorError.connectionClosed() : refusal;
        }
        opened.completeExceptionally(Plain.exception(error));
        tellClosed(takeCalls());
    }

    /** In a thread of the core, so it only hands over. */
    void heard(Output.Event event) {
        connection.heard(event.name(), event.arguments());
    }

    /** Likewise. */
    void told(Output.ToOne output) {
        if (output instanceof Output.Opened) {
            handOver(() -> opened.complete(null));
        } else if (output instanceof Output.Reply reply) {
            answer(reply.requestId(), answer -> answer.complete(reply.result()));
        } else if (output instanceof Output.Failed failed) {
            failed(failed);
        } else if (output instanceof Output.Closed closing) {
            closedBy(closing);
        }
    }

    /** Runs something of the test behind what was handed over before, in a thread that nobody of the core needs. */
    private synchronized void handOver(Runnable task) {
        line = line.thenRunAsync(task, run.threads());
    }

    /** Who waits is taken from the others only when he is told: what is handed over may be lost in a crash. */
    private void answer(long call, Consumer<CompletableFuture<Object>> telling) {
        handOver(() -> {
            CompletableFuture<Object> answer = remove(call);
            if (answer != null) {
                telling.accept(answer);
            }
        });
    }

    /** Null if nobody waits any more. */
    private synchronized CompletableFuture<Object> remove(long call) {
        return calls.remove(call);
    }

    private void failed(Output.Failed failed) {
        if (failed.requestId() == null) {
            synchronized (this) {
                refusal = failed.error();
            }
            return;
        }
        answer(failed.requestId(), answer -> answer.completeExceptionally(Plain.exception(failed.error())));
    }

    /** Behind the answers that were handed over before: who has one is not told that it was closed. */
    private void closedBy(Output.Closed closing) {
        if (end(closing.reason())) {
            handOver(this::tellEnd);
            handOver(this::disconnect);
        }
    }
}
