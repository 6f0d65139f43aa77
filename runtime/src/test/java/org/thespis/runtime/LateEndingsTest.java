package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.api.Undefined;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Endings that come at the worst moment, or whose time is over. */
class LateEndingsTest extends ThreadsFixture {

    @Test
    void aTurnThatIsTakenBackDoesNotTouchTheAnswerOfAnEarlierOne() throws InterruptedException {
        start(patient());
        String id = made("a");
        once(id, "a", "key", "add", 1L);
        assertThat(answer("a", 0)).isEqualTo(new Output.Reply("a", 0, 1));
        CountDownLatch tied = new CountDownLatch(1);
        system.instance(id).execute(() -> {
            script.beans.get("a").tie();
            tied.countDown();
        });
        tied.await();
        once(id, "b", "key", "add", 1L);
        assertThat(answer("b", 0)).isEqualTo(new Output.Reply("b", 0, 1));
    }

    @Test
    void whoHearsOfTheEndAndBlocksDoesNotKeepItsActorFromItsEnd() {
        start(patient());
        String id = made("a");
        script.act = self -> self.actor.ending().thenRun(this::block);
        once(id, "a", null, "act");
        answer("a", 0);
        awaitEnd("the stop", () -> system.stop(Duration.ofSeconds(2)));
        assertThat(script.story()).contains("sleep");
    }

    @Test
    void workThatOnSleepNamesIsWaitedForWhenTheApplicationStops() throws InterruptedException {
        start(patient());
        made("a");
        CompletableFuture<Void> work = new CompletableFuture<>();
        script.onSleep = self -> self.actor.waitUntil(work);
        Thread stop = named(() -> system.stop(Duration.ofSeconds(20)), "stop");
        stop.start();
        awaitStep("sleep", "a");
        stop.join(1_000);
        boolean waits = stop.isAlive();
        work.complete(null);
        awaitEnd("the stop", () -> join(stop));
        assertThat(waits).isTrue();
    }

    @Test
    void nothingOfAnAuthorBeginsWhenTheStopIsOver() {
        start(patient());
        String id = made("a");
        String guest = client(id);
        script.act = self -> block();
        pool.execute(() -> call(id, guest, 1, "act"));
        awaitStep("act", "a");
        call(id, guest, 2, "give");
        awaitEnd("the stop", () -> system.stop(Duration.ofMillis(300)));
        script.steps.clear();
        release.countDown();
        await("it leaves memory", () -> system.instance(id) == null);
        assertThat(script.story()).isEmpty();
    }

    @Test
    void whoIsDestroyedBehindItsOnSleepIsWokenBefore() {
        start(sleepy());
        script.onSleep = self -> {
            self.count++;
            store.before = access -> {
                if (access.equals("write")) {
                    block();
                }
            };
        };
        String id = made("a");
        awaitStep("sleep", "a");
        CompletableFuture<Void> destroyed = system.destroy(id).toCompletableFuture();
        release.countDown();
        await("it is destroyed", destroyed::isDone);
        List<String> story = script.story();
        List<String> behind = story.subList(story.lastIndexOf("sleep"), story.size());
        assertThat(behind.indexOf("destroyed")).as(story.toString()).isGreaterThan(behind.indexOf("wake"));
        assertThat(behind).contains("wake");
    }

    @Test
    void aSocketThatWasRefusedAsTheStateCannotBeWrittenHearsNothing() {
        start(patient());
        String id = made("a");
        AtomicInteger heard = new AtomicInteger();
        script.onWebSocket = (self, socket) -> {
            socket.onMessage(message -> heard.incrementAndGet());
            self.tie();
        };
        system.deliver(id, new Command.OpenSocket("s", Undefined.UNDEFINED, Caller.ANONYMOUS, "/", Map.of()));
        await("it is refused", () -> outputs.stream().anyMatch(o -> o instanceof Output.Closed));
        system.deliver(id, new Command.SocketMessage("s", new ActorWebSocket.Message.Text("m")));
        once(id, "a", null, "get");
        answer("a", 0);
        assertThat(heard).hasValue(0);
    }

    @Test
    void whoHearsOfTheEndAndBlocksIsNotWaitedForBeyondTheGrace() {
        start(sleepy());
        String id = made("a");
        script.act = self -> self.actor.ending().thenRun(this::block);
        system.deliver(id, new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "act", List.of(), null));
        await("it leaves memory", () -> system.instance(id) == null);
    }

    @Test
    void aPlanThatIsDueWhileTheApplicationStopsKeepsNoThreadBusy() {
        AtomicInteger turns = new AtomicInteger();
        system = new ActorSystem(
                List.of(ActorDefinition.of(Scripted.class)),
                (definition, context) -> counting(TestActors.bean(definition, context), turns),
                store,
                pool,
                commits,
                pool,
                patient());
        system.connect(outputs::add);
        script.onSleep = self -> self.actor.schedule().after(Duration.ZERO, "act");
        made("a");
        store.before = access -> {
            if (access.equals("write")) {
                block();
            }
        };
        named(() -> system.stop(LONG), "stop").start();
        awaitStep("sleep", "a");
        int before = turns.get();
        for (int i = 0; i < 100; i++) {
            ScriptedFixture.pause();
        }
        assertThat(turns.get() - before).as("turns in 100 ms or so").isLessThan(100);
    }

    private static ActorBeans.ActorBean counting(ActorBeans.ActorBean bean, AtomicInteger turns) {
        return new ActorBeans.ActorBean() {
            @Override
            public Object instance() {
                return bean.instance();
            }

            @Override
            public Object enter() {
                turns.incrementAndGet();
                return bean.enter();
            }

            @Override
            public void leave(Object entered) {
                bean.leave(entered);
            }

            @Override
            public void destroy() {
                bean.destroy();
            }
        };
    }

    @Test
    void whoTriesAgainToCreateWhatHangsDoesNotTakeTheThreadsOfOthers() {
        start(settings(LONG, Duration.ofMillis(100), LONG, LONG));
        script.onCreate = self -> {
            if (self.key().equals("a")) {
                block();
            }
        };
        for (int i = 0; i < 8; i++) { // as many as there are threads
            try {
                made("a");
            } catch (ActorException e) {
                // it took too long
            }
        }
        assertThat(made("b")).isNotNull();
    }

    /** A server whose sessions, when they are closed, say so in the thread that closes them. */
    private void closingAtOnce(String id) {
        system.connect(output -> {
            outputs.add(output);
            if (output instanceof Output.Closed closed) {
                system.deliver(id, new Command.SocketClosed(closed.clientId(), new Close(closed.code(), "")));
            }
        });
    }

    private String socketThatClosesWithItsFirstMessage(Runnable closed) {
        start(patient());
        String id = made("a");
        closingAtOnce(id);
        script.onWebSocket = (self, socket) -> {
            socket.onMessage(message -> {
                self.count++; // so that the close waits for the state
                socket.close(1000, "");
            });
            socket.onClose(close -> {
                script.note("closed", self);
                closed.run();
            });
        };
        system.deliver(id, new Command.OpenSocket("s", Undefined.UNDEFINED, Caller.ANONYMOUS, "/", Map.of()));
        system.deliver(id, new Command.SocketMessage("s", new Message.Text("x")));
        awaitStep("closed", "a");
        return id;
    }

    @Test
    void nothingOfAnAuthorRunsOnTheThreadThatWritesStatesAlsoIfASessionClosesThere() {
        socketThatClosesWithItsFirstMessage(() -> {});
        assertThat(script.threads("closed")).doesNotContain("commits");
    }

    @Test
    void nothingOfAnAuthorRunsOnTheTimerAlsoIfASessionOverflowsThere() {
        start(settings(Duration.ofMillis(50), LONG, LONG, LONG));
        String id = made("a");
        String client = client(id);
        system.connect(output -> {
            outputs.add(output);
            if (output instanceof Output.Failed failed && failed.clientId().equals(client)) {
                system.deliver(id, new Command.Disconnect(client)); // it reads too slowly, and is closed
            }
        });
        script.give = self -> new CompletableFuture<>();
        call(id, client, 1, "give");
        awaitStep("disconnect " + client, "a");
        assertThat(script.threads("disconnect " + client)).doesNotContain("timer");
    }

    @Test
    void aCloseListenerThatBlocksDoesNotKeepTheStatesOfOthersFromBeingWritten() {
        socketThatClosesWithItsFirstMessage(this::block);
        String other = made("b");
        system.deliver(
                other, new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "add", List.of(1L), null));
        await("another actor's call is answered", () -> isAnswered("h", 0));
    }

    @Test
    void aNamedCallWhoseFirstTurnCountsDoesNotCountAgainBehindAStop() {
        start(patient());
        String id = made("a");
        script.give = self -> {
            self.count++;
            return new CompletableFuture<>();
        };
        once(id, "a", "key", "give");
        await("its first turn counts", () -> stored(id).contains("\"count\":1"));
        awaitEnd("the stop", () -> system.stop(Duration.ofSeconds(1)));
        assertThat(code(answer("a", 0))).isEqualTo("gone");
        script.give = self -> ++self.count;
        once(another(patient()), id, "b", "key", "give");
        answer("b", 0);
        assertThat(stored(id)).contains("\"count\":1");
    }

    @Test
    void aNamedCallWhoseFirstTurnCountsDoesNotCountAgainBehindACrash() {
        start(patient());
        String id = made("a");
        script.give = self -> {
            self.count++;
            return new CompletableFuture<>();
        };
        once(id, "a", "key", "give");
        await("its first turn counts", () -> stored(id).contains("\"count\":1"));
        script.give = self -> ++self.count;
        once(another(patient()), id, "b", "key", "give");
        assertThat(code(answer("b", 0))).isEqualTo("gone");
        assertThat(stored(id)).contains("\"count\":1");
    }
}
