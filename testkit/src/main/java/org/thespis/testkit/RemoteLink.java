package org.thespis.testkit;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.ActorCallException;
import org.thespis.api.Subscription;
import org.thespis.client.ActorConnection;
import org.thespis.client.ConnectionStatus;
import org.thespis.client.RemoteActor;

/** The way to an actor of a server, by the Java client; it does not come back once it was closed. Any thread. */
final class RemoteLink implements Link {

    /** Called to hear the refusal of it: nothing is run for that, and what the actor sent before comes before. */
    private static final String NO_ACTION = "thespis-testkit:none";

    /** An actor that has not answered for so long is held up by something that the test has to end. */
    private static final Duration HELD_UP = Duration.ofSeconds(1);

    private final RemoteActor remote;
    private final TestConnection connection;
    private final Deployed world;
    private volatile ActorConnection line; // null until it is opened
    private volatile ActorCallException problem; // what the server said last, or did not

    RemoteLink(RemoteActor remote, TestConnection connection, Deployed world) {
        this.remote = remote;
        this.connection = connection;
        this.world = world;
    }

    @Override
    public void open() {
        ActorConnection opened = remote.connect();
        line = opened;
        CompletableFuture<Void> letIn = future(opened.opened());
        opened.onError(error -> {
            problem = error;
            if (error.group().equals("client")) { // who is not there is not waited for
                letIn.completeExceptionally(error);
            }
        });
        opened.onOpen(() -> problem = null);
        opened.onClose(() -> problem = null); // what it was closed for is told next
        opened.onStatus(this::changed);
        try {
            connection.await(letIn, "being let in by " + connection.actor());
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** In a thread of the client. */
    private void changed(ConnectionStatus status) {
        boolean lost = status == ConnectionStatus.DISCONNECTED
                && line.opened().toCompletableFuture().isDone();
        if ((lost || status == ConnectionStatus.CLOSED) && connection.end(reason())) {
            line.close();
            world.forget(this);
        }
    }

    private String reason() {
        ActorCallException told = problem;
        return told == null ? null : told.group() + "." + told.code();
    }

    @Override
    public void subscribe(String event) {
        Subscription subscription = line.on(event, arguments -> connection.heard(event, arguments));
        connection.await(future(subscription.opened()), "the subscription to " + event);
        fence();
        CompletableFuture<Void> ended = subscription.ended().toCompletableFuture();
        if (ended.isCompletedExceptionally()) {
            connection.await(ended, "the subscription to " + event);
        }
    }

    @Override
    public CompletableFuture<Object> call(Type result, String action, Object... arguments) {
        return future(line.call(result, action, arguments));
    }

    private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
        CompletableFuture<T> future = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        });
        return future;
    }

    /** Returns when what the actor sent over this line before now has arrived, unless its turn blocks. */
    void fence() {
        try {
            future(line.call(NO_ACTION)).get(HELD_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // refused as it was to be, closed, or held up
        } catch (InterruptedException e) {
            throw Patience.interrupted(e);
        }
    }

    @Override
    public void leave() {
        line.close();
        world.forget(this);
    }

    @Override
    public void settle() {
        world.settle();
    }

    @Override
    public String report() {
        ActorCallException told = problem;
        return " at " + world + (told == null ? "" : ", which said last: " + told);
    }
}
