package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

class ClusterRelayTest extends NodesFixture {

    @Test
    void anActorIsCalledFromAnyNodeAndLivesOnOne() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        TestNode c = node("c");
        for (int i = 0; i < 30; i++) {
            String id = a.actor("k" + i);
            assertThat(b.actor("k" + i)).isEqualTo(id);
            assertThat(a.call(id, "add", "one")).isEqualTo(1L);
            assertThat(b.call(id, "add", "two")).isEqualTo(2L);
            assertThat(c.call(id, "entries")).isEqualTo(List.of("one", "two"));
        }
        assertThat(List.of(a, b, c))
                .allMatch(node -> IntStream.range(0, 30).anyMatch(i -> residents.node(a.actor("k" + i)) == node));
    }

    @Test
    void whoCreatesAtOnceOnAllNodesGetsOneActor() throws Exception {
        List<TestNode> all = List.of(node("a"), node("b"), node("c"));
        for (int i = 0; i < 20; i++) {
            String key = "k" + i;
            List<CompletableFuture<String>> made = all.stream()
                    .map(node -> CompletableFuture.supplyAsync(() -> node.actor(key)))
                    .toList();
            String first = made.get(0).get(30, TimeUnit.SECONDS);
            for (CompletableFuture<String> other : made) {
                assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(first);
            }
        }
    }

    @Test
    void noCallFailsWhileNodesComeAndLeave() throws Exception {
        TestNode a = node("a");
        List<String> actors =
                IntStream.range(0, 40).mapToObj(i -> a.actor("k" + i)).toList();
        List<Output> told = Collections.synchronizedList(new ArrayList<>());
        java.util.concurrent.atomic.AtomicBoolean over = new java.util.concurrent.atomic.AtomicBoolean();
        CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> {
            for (int i = 0; !over.get(); i++) {
                told.add(a.once(actors.get(i % actors.size()), "add", "e" + i).join());
            }
        });
        for (int i = 0; i < 5; i++) {
            TestNode b = node("b" + i);
            int before = told.size();
            await("calls go on", () -> told.size() > before + 100);
            b.leave();
            settled();
        }
        over.set(true);
        calls.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(told).allMatch(Output.Reply.class::isInstance);
    }

    @Test
    void eventsOfAnotherNodeComeInOrder() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(b, a);
        List<Object> heard = new CopyOnWriteArrayList<>();
        List<Output> told = Collections.synchronizedList(new ArrayList<>());
        String client = a.connect(id, "added", output -> {
            told.add(output);
            if (output instanceof Output.Event event) {
                heard.add(event.arguments().get(0));
            }
        });
        for (int i = 1; i <= 200; i++) {
            a.relay.ask(id, new Command.Call(client, i, "add", List.of("e" + i)));
        }
        await("all events", () -> heard.size() == 200);
        assertThat(heard)
                .isEqualTo(IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> (Object) (long) i)
                        .toList());
        await(
                "all answers",
                () -> told.stream().filter(Output.Reply.class::isInstance).count() == 200);
        assertThat(told.get(0)).isEqualTo(new Output.Opened(client, id));
    }

    @Test
    void anErrorOfAnActorElsewhereComesAsItIs() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(b, a);
        Output output = a.once(id, "nothing").get(30, TimeUnit.SECONDS);
        assertThat(((Output.Failed) output).error()).isEqualTo(ActorError.actionNotFound());
    }

    @Test
    void anActorIsDestroyedFromAnyNode() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(b, a);
        a.relay.destroy(id).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(b.relay.find(id)).isEmpty();
    }

    @Test
    void aNodeThatComesGetsItsShareAndStatelessCallsOnlyWait() throws Exception {
        TestNode a = node("a");
        List<String> ids =
                IntStream.range(0, 40).mapToObj(i -> a.actor("k" + i)).toList();
        List<CompletableFuture<Output>> answers = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            ids.forEach(id -> answers.add(a.once(id, "add", "x")));
            if (round == 2) {
                node("b");
            }
        }
        for (CompletableFuture<Output> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(Output.Reply.class);
        }
        for (String id : ids) {
            assertThat((List<?>) a.call(id, "entries")).hasSize(5);
        }
        assertThat(ids).anyMatch(id -> residents.node(id).name.equals("b"));
    }

    @Test
    void aConnectionWhoseActorMovesIsClosedForRetry() throws Exception {
        TestNode a = node("a");
        List<Output> told = new CopyOnWriteArrayList<>();
        List<String> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(a.connect(a.actor("k" + i), "added", told::add));
        }
        await(
                "all are open",
                () -> told.stream().filter(Output.Opened.class::isInstance).count() == 20);
        node("b");
        List<Output> closed =
                told.stream().filter(Output.Closed.class::isInstance).toList();
        assertThat(closed).isNotEmpty().hasSizeLessThan(20);
        assertThat(closed).allMatch(output -> ((Output.Closed) output).code() == 1001);
        assertThat(closed).allMatch(output -> Ledger.LEFT.get(((Output.Closed) output).clientId()) == 1);
    }

    @Test
    void whenTheNodeOfAClientDiesItsActorsAreToldOnce() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(b, a);
        List<Output> told = new CopyOnWriteArrayList<>();
        String client = a.connect(id, "added", told::add);
        await("it is open", () -> !told.isEmpty());
        a.kill(net);
        await("it has left", () -> Ledger.LEFT.containsKey(client));
        assertThat(b.call(id, "add", "x")).isEqualTo(1L);
        assertThat(Ledger.LEFT.get(client)).isEqualTo(1);
        assertThat(b.relay.open()).isZero();
    }

    @Test
    void whenTheNodeOfAnActorDiesItsClientsAreClosedAndItLivesElsewhere() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(b, a);
        List<Output> told = new CopyOnWriteArrayList<>();
        String client = a.connect(id, "added", told::add);
        await("it is open", () -> !told.isEmpty());
        b.system.dropAll(); // so that the call is not answered
        b.store.dead = true;
        a.relay.ask(id, new Command.Call(client, 7, "add", List.of("x")));
        b.kill(net);
        await("it is closed", () -> told.stream().anyMatch(Output.Closed.class::isInstance));
        Output.Closed closed = (Output.Closed) told.get(told.size() - 1);
        assertThat(closed.code()).isEqualTo(1001);
        assertThat(told)
                .anyMatch(output -> output instanceof Output.Failed failed
                        && failed.requestId() == 7
                        && !failed.error().equals(ActorError.timedOut()));
        settled();
        assertThat(a.call(id, "add", "y")).isEqualTo(1L);
        assertThat(residents.node(id)).isSameAs(a);
    }

    @Test
    void aStoreThatHangsForOneNodeKeepsNoActorFromAnother() throws Exception {
        Duration second = Duration.ofSeconds(1);
        ClusterLimits hasty = new ClusterLimits(
                second, Duration.ofSeconds(20), Duration.ofSeconds(40), second, 1_000, 1_000, 1 << 20);
        TestNode before = node("before", hasty);
        List<String> actors =
                IntStream.range(0, 30).mapToObj(i -> before.actor("k" + i)).toList();
        TestNode a = node("a", hasty);
        TestNode c = node("c", hasty);
        before.leave();
        settled();
        a.store.hangs = new CountDownLatch(1);
        List<CompletableFuture<Output>> hang =
                actors.stream().map(id -> c.once(id, "entries")).toList();
        TestNode b = node("b", hasty); // has what is its own, then
        CompletableFuture<?> some = CompletableFuture.anyOf(
                actors.stream().map(id -> b.once(id, "add", "x")).toArray(CompletableFuture<?>[]::new));
        assertThat(some.get(30, TimeUnit.SECONDS)).isInstanceOf(Output.Reply.class);
        a.store.hangs.countDown();
        for (CompletableFuture<Output> call : hang) {
            assertThat(call.get(30, TimeUnit.SECONDS)).isNotNull();
        }
        await("some live on the new node", () -> actors.stream().anyMatch(id -> residents.node(id) == b));
    }

    @Test
    void twoNodesThatDieAtOnceAreReplaced() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        TestNode c = node("c");
        List<String> actors =
                IntStream.range(0, 30).mapToObj(i -> a.actor("k" + i)).toList();
        for (String id : actors) {
            assertThat(c.call(id, "add", "before")).isEqualTo(1L);
        }
        b.kill(net);
        a.kill(net);
        for (String id : actors) { // what is under way ends with an error, until c knows
            await("it answers again", () -> c.once(id, "entries").join() instanceof Output.Reply);
            assertThat(c.call(id, "add", "after")).isEqualTo(2L);
        }
        assertThat(c.relay.open()).isZero();
    }

    @Test
    void whatWasOpenWithANodeThatWasApartEndsOnBothSides() throws Exception {
        whatIsOpenEndsOnBothSides(() -> net.strand("b"));
    }

    /** Whoever waits for what else was in it would wait for ever. */
    @Test
    void whatIsOpenWithANodeThatSendsWhatIsNoFrameEndsOnBothSides() throws Exception {
        whatIsOpenEndsOnBothSides(() -> net.sender("a").send("b", new byte[] {2, 127, 127, 127, 127, 1}));
    }

    private interface Harm {
        void run() throws Exception;
    }

    private void whatIsOpenEndsOnBothSides(Harm harm) throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(b, a);
        List<Output> told = new CopyOnWriteArrayList<>();
        String client = a.connect(id, "added", told::add);
        await("it is open", () -> !told.isEmpty());
        harm.run();
        await("it is closed", () -> told.stream().anyMatch(Output.Closed.class::isInstance));
        await("it has left", () -> Ledger.LEFT.containsKey(client));
        settled();
        await("calls are answered again", () -> a.once(id, "entries").join() instanceof Output.Reply);
        assertThat(Ledger.LEFT.get(client)).isEqualTo(1);
    }

    @Test
    void aNodeThatDoesNotReadIsGivenUpAndNobodyElseWaits() throws Exception {
        Duration second = Duration.ofSeconds(10);
        ClusterLimits small =
                new ClusterLimits(second, second, Duration.ofSeconds(40), Duration.ofSeconds(10), 100, 1_000, 200_000);
        TestNode a = node("a", small);
        TestNode b = node("b", small);
        String id = actorOn(b, a);
        List<Output> told = new CopyOnWriteArrayList<>();
        String client = a.connect(id, "flood", told::add);
        await("it is open", () -> !told.isEmpty());
        net.pause("a");
        for (int i = 0; i < 50 && !Ledger.LEFT.containsKey(client); i++) {
            b.call(id, "flood", 100, 1_000); // answers, whatever the other node does
        }
        await("its client has left", () -> Ledger.LEFT.containsKey(client));
        net.resume("a");
        await("it is told", () -> told.stream().anyMatch(Output.Closed.class::isInstance));
        await("calls are answered again", () -> a.once(id, "entries").join() instanceof Output.Reply);
    }

    @Test
    void commandsForANodeThatDoesNotReadAreRefusedAsNotRun() throws Exception {
        Duration ten = Duration.ofSeconds(10);
        ClusterLimits small =
                new ClusterLimits(ten, ten, Duration.ofSeconds(40), Duration.ofSeconds(10), 100, 10_000, 200_000);
        TestNode a = node("a", small);
        TestNode b = node("b", small);
        String id = actorOn(b, a);
        net.pause("b");
        List<CompletableFuture<Output>> answers = new ArrayList<>();
        Output refused = null;
        for (int i = 0; refused == null; i++) {
            assertThat(i).isLessThan(10_000);
            CompletableFuture<Output> answer = a.once(id, "weigh", "x".repeat(1_000));
            answers.add(answer);
            refused = answer.getNow(null);
        }
        assertThat(((Output.Failed) refused).error()).isEqualTo(ActorError.unavailable());
        net.resume("b");
        for (CompletableFuture<Output> answer : answers) {
            answer.get(30, TimeUnit.SECONDS);
        }
        assertThat((List<?>) a.call(id, "entries")).hasSize(answers.size() - 1);
    }

    @Test
    void whatOtherNodesAskIsAnsweredBeforeThereIsAGateway() throws Exception {
        TestNode a = node("a");
        TestNode b = new TestNode(net.port("b"), store, residents, ClusterLimits.defaults(), null).join();
        nodes.add(b);
        settled();
        String id = actorOn(b, a);
        assertThat(a.call(id, "add", "x")).isEqualTo(1L);
        List<Output> told = new CopyOnWriteArrayList<>();
        a.connect(id, "added", told::add);
        await("it is open", () -> !told.isEmpty());
        a.call(id, "add", "y");
        await("the event", () -> told.stream().anyMatch(Output.Event.class::isInstance));
    }
}
