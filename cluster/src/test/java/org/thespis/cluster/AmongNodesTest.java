package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** What nodes owe each other, however much there is to do. */
class AmongNodesTest extends NodesFixture {

    /** Who waits for a creation must not keep the threads that do it. */
    @Test
    void manyCreationsThatOtherNodesAskForAtOnceAreDone() throws Exception {
        TestNode a = node("a");
        node("b");
        List<CompletableFuture<String>> made = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> a.actor("k" + i), task -> TestNode.daemon(task).start()))
                .toList();
        for (CompletableFuture<String> actor : made) {
            assertThat(actor.get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void whoIsKnownAnewIsSoToAnActorElsewhereHoweverMuchWaitsForIt() throws Exception {
        Duration ten = Duration.ofSeconds(10);
        ClusterLimits small =
                new ClusterLimits(ten, ten, Duration.ofSeconds(40), Duration.ofSeconds(10), 100, 1_000, 200_000);
        TestNode a = node("a", small);
        TestNode b = node("b", small);
        String id = actorOn(b, a);
        List<Output> told = new CopyOnWriteArrayList<>();
        String client = a.connect(id, "added", told::add);
        await("it is open", () -> !told.isEmpty());
        net.pause("b");
        Output refused = null;
        for (int i = 0; refused == null; i++) {
            assertThat(i).isLessThan(10_000);
            refused = a.once(id, "add", "x".repeat(1_000)).getNow(null);
        }
        a.relay.ask(id, new Command.Renew(client, new Caller("eve", Set.of("writer"))));
        net.resume("b");
        await("calls are answered again", () -> a.once(id, "entries").join() instanceof Output.Reply);
        a.relay.ask(id, new Command.Call(client, 7, "isWriter", List.of()));
        await("it is answered", () -> told.contains(new Output.Reply(client, 7, true)));
    }

    @Test
    void theLastAnswerOfANodeThatLeavesComesBeforeItsEnd() throws Exception {
        TestNode a = node("a");
        TestNode b = node("b");
        String id = actorOn(a, b);
        net.pause("b");
        CompletableFuture<Output> answer = b.once(id, "add", "x");
        await(
                "it was run",
                () -> ((Output.Reply) a.once(id, "entries").join()).result().equals(List.of("x")));
        Thread end = TestNode.daemon(a.relay::close);
        end.start();
        await("it waits, or has ended", () -> end.getState() == Thread.State.TIMED_WAITING || !end.isAlive());
        net.resume("b");
        assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(Output.Reply.class);
        end.join();
        a.gone = true;
    }
}
