package org.thespis.runtime.soak;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.Connection;
import org.thespis.api.Durability;
import org.thespis.api.DurableList;
import org.thespis.api.OnBeforeActionResponse;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.api.OnDestroy;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnRequest;
import org.thespis.api.OnSleep;
import org.thespis.api.OnStateChange;
import org.thespis.api.OnWake;
import org.thespis.api.OnWebSocket;
import org.thespis.api.State;
import org.thespis.api.UserException;

/** An actor that keeps the token of each call, and looks at how it is called. */
abstract class SoakActor {

    static final String EVENT = "added";

    @Actor("committed")
    static class Committed extends SoakActor {

        @State
        DurableList<String> rows;

        @Override
        List<String> rows() {
            return rows;
        }
    }

    @Actor(value = "periodic", durability = Durability.PERIODIC)
    static class Periodic extends SoakActor {

        @State
        DurableList<String> rows;

        @Override
        List<String> rows() {
            return rows;
        }
    }

    @Actor(value = "careless", durability = Durability.NONE)
    static class Careless extends SoakActor {}

    private final Book book = Book.present();
    ActorContext actor; // set by the bean's maker
    volatile Thread inside; // likewise
    private boolean asleep;
    private boolean made;

    @State
    List<String> done = new ArrayList<>();

    /** What the author does is about to run. */
    private void enter(String what) {
        look(what);
        if (asleep) {
            book.fault("ran after OnSleep", what + " of " + actor.id());
        }
        if (!made) {
            book.fault("ran before OnWake", what + " of " + actor.id());
        }
    }

    private void look(String what) {
        Thread here = Thread.currentThread();
        if (here.getName().startsWith("timer") || here.getName().startsWith("commits")) {
            book.fault("author's code on the core's thread", what + " on " + here.getName());
        }
        if (inside != here) {
            book.fault("outside of a turn", what + " of " + actor.id() + ": " + inside + " is inside");
        }
    }

    private void mayThrow(String what, int oneIn) {
        if (book.hooksThrow && book.chance.oneIn(oneIn)) {
            if (book.chance.oneIn(2)) {
                throw new IllegalStateException(what);
            }
            throw new AssertionError(what);
        }
    }

    @OnCreate
    void create() {
        look("OnCreate");
        if (Book.count(book.creations, actor.id()) > 1) {
            book.fault("OnCreate twice", actor.id());
        }
        mayThrow("OnCreate", 20);
    }

    @OnWake
    void wake() {
        look("OnWake");
        if (made && !asleep) {
            book.fault("OnWake twice", actor.id());
        }
        made = true;
        asleep = false;
        book.wakes.incrementAndGet();
        mayThrow("OnWake", 50);
    }

    @OnSleep
    void sleep() {
        look("OnSleep");
        if (asleep) {
            book.fault("OnSleep twice", actor.id());
        }
        asleep = true;
        book.sleeps.incrementAndGet();
        if (book.chance.oneIn(8)) {
            actor.waitUntil(later(book.chance.below(150)));
        }
        mayThrow("OnSleep", 20);
    }

    @OnStateChange
    void changed() {
        look("OnStateChange");
        mayThrow("OnStateChange", 40);
    }

    @OnDestroy
    void destroyed() {
        look("OnDestroy");
        book.destroyed.incrementAndGet();
        mayThrow("OnDestroy", 10);
    }

    @OnBeforeConnect
    void before() {
        enter("OnBeforeConnect");
        mayThrow("OnBeforeConnect", 50);
    }

    @OnConnect
    void connect(Connection connection) {
        enter("OnConnect");
        mayThrow("OnConnect", 50);
        if (Book.count(book.letIn, connection.id()) > 1) {
            book.fault("OnConnect twice", connection.id());
        }
    }

    @OnDisconnect
    void disconnect(Connection connection) {
        enter("OnDisconnect");
        Book.count(book.left, connection.id());
        mayThrow("OnDisconnect", 20);
    }

    @OnBeforeActionResponse
    Object before(String action, Object result) {
        enter("OnBeforeActionResponse");
        mayThrow("OnBeforeActionResponse", 200);
        return result;
    }

    @OnRequest
    CompletionStage<ActorResponse> request(ActorRequest request) {
        enter("OnRequest");
        mayThrow("OnRequest", 20);
        return later(book.chance.below(20)).thenApply(nothing -> ActorResponse.status(204));
    }

    @OnWebSocket
    void socket(ActorWebSocket socket) {
        enter("OnWebSocket");
        mayThrow("OnWebSocket", 20);
        socket.onMessage(message -> {
            enter("onMessage");
            socket.send("heard");
            mayThrow("onMessage", 20);
        });
        socket.onClose(close -> mayThrow("onClose", 10));
    }

    private CompletableFuture<Void> later(int millis) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        book.authors.schedule(() -> future.complete(null), millis, TimeUnit.MILLISECONDS);
        return future;
    }

    /** What the actor keeps row by row: the same as {@link #done}. */
    List<String> rows() {
        return done;
    }

    /** Before anything is done, as the store may not answer. */
    private void readRow() {
        if (!done.isEmpty() && book.chance.oneIn(4)) {
            int any = book.chance.below(done.size());
            if (!rows().get(any).equals(done.get(any))) {
                book.fault("another row", any + " of " + actor.id());
            }
        }
    }

    private int keep(String token) {
        done.add(token);
        if (rows() != done) {
            rows().add(token);
        }
        if (rows().size() != done.size()) {
            book.fault("rows and field differ", actor.id());
        }
        actor.broadcast(EVENT, done.size(), token);
        return done.size();
    }

    @Action
    int add(String token) {
        readRow();
        enter("add");
        return keep(token);
    }

    @Action
    int addAndSave(String token) {
        enter("addAndSave");
        actor.saveState();
        return keep(token);
    }

    @Action(atomic = true)
    int addAtomically(String token, boolean fails) {
        enter("addAtomically");
        int size = keep(token);
        if (fails) {
            throw new UserException("no", "Not this time");
        }
        return size;
    }

    @Action
    void addAndThrow(String token) {
        enter("addAndThrow");
        keep(token);
        throw new UserException("no", "Not this time");
    }

    @Action
    CompletionStage<Integer> addAndAnswerLater(String token, int millis) {
        enter("addAndAnswerLater");
        int size = keep(token);
        return later(millis).thenApply(nothing -> size);
    }

    @Action
    int addSlowly(String token, int millis) throws InterruptedException {
        enter("addSlowly");
        TimeUnit.MILLISECONDS.sleep(millis);
        return keep(token);
    }

    @Action
    void end(String token) {
        enter("end");
        keep(token);
        actor.destroy();
    }

    @Action
    void plan(String token, int millis) {
        enter("plan");
        actor.schedule().after(Duration.ofMillis(millis), "planned", token);
    }

    @Action
    void planned(String token) {
        enter("planned");
        keep(token);
    }

    @Action
    void cron(boolean on) {
        enter("cron");
        if (on) {
            actor.schedule().cron("c", "* * * * *", ZoneId.of("UTC"), "nothing");
        } else {
            actor.schedule().cancel("c");
        }
    }

    @Action
    void nothing() {
        enter("nothing");
    }

    /** Work outside of turns, which comes back as a turn. */
    @Action
    void work(int millis, boolean awake) {
        enter("work");
        CompletableFuture<Void> work = later(millis);
        if (awake) {
            actor.keepAwake(work);
        } else {
            actor.waitUntil(work);
        }
        actor.ending().thenRun(() -> mayThrow("ending", 3));
        work.thenRun(() -> {
            try {
                actor.executor().execute(() -> enter("a task"));
            } catch (RejectedExecutionException e) {
                // the actor is gone, as it may be
            }
        });
    }

    @Action
    void kick() {
        enter("kick");
        actor.connections().stream().findFirst().ifPresent(connection -> connection.disconnect("kicked"));
    }
}
