package org.thespis.testkit;

import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.CanSubscribe;
import org.thespis.api.Connection;
import org.thespis.api.Durability;
import org.thespis.api.DurableList;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnSleep;
import org.thespis.api.State;
import org.thespis.api.UserException;

/** Keeps lines, and breaks in whatever way it is asked to. */
@Actor("notebook")
public class Notebook {

    @Actor(value = "sketchbook", durability = Durability.PERIODIC)
    static class Sketchbook extends Notebook {}

    /** What the hooks have told. */
    static final CopyOnWriteArrayList<String> STORY = new CopyOnWriteArrayList<>();

    /** What blocks waits for this; made anew by each test. */
    static volatile CountDownLatch gate = new CountDownLatch(1);

    public record Reader(String name) {}

    @Inject
    ActorContext actor;

    @State
    String last = "nothing";

    @State
    DurableList<String> lines;

    String pencil = "blank";

    @OnBeforeConnect
    void mayCome(Reader reader) {
        if (reader != null && reader.name().equals("stranger")) {
            throw new UserException("stranger", "We do not know you");
        }
    }

    @OnDisconnect
    void gone() {
        STORY.add("gone");
    }

    @OnSleep
    void sleep() {
        STORY.add("sleep");
    }

    @CanSubscribe("secrets")
    boolean maySubscribe() {
        return false;
    }

    @Action
    String write(@NotBlank String line) {
        last = line;
        pencil = line;
        lines.add(line);
        actor.broadcast("written", line);
        return line;
    }

    @Action
    String last() {
        return last;
    }

    @Action
    int size() {
        return lines.size();
    }

    @Action
    String pencil() {
        return pencil;
    }

    @Action
    String who(Optional<Principal> principal, Connection connection) {
        String name = connection.principal().map(Principal::getName).orElse("nobody");
        return connection.isUserInRole("writer") ? name + ", who writes" : name;
    }

    @Action
    void writeAndThrow(String line) {
        write(line);
        throw new IllegalStateException("the pen broke");
    }

    @Action
    void refuse() {
        throw new UserException("no", "Not in this book");
    }

    @Action
    void overflow() {
        overflow();
    }

    @Action
    String block() throws InterruptedException {
        gate.await();
        return "over";
    }

    @Action
    void spin() {
        while (gate.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Action
    CompletionStage<String> never() {
        return new CompletableFuture<>();
    }

    @Action
    CompletionStage<String> later() {
        return CompletableFuture.supplyAsync((Supplier<String>) () -> "later");
    }

    @Action
    void closeBook(Connection connection) {
        connection.disconnect("book.closed");
    }

    @Action
    void burn() {
        actor.destroy();
    }

    @Action
    String headerOf(String name, Connection connection) {
        return connection.request().orElseThrow().header(name).orElse("none");
    }
}
