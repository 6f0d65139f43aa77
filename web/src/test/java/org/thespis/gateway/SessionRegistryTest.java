package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

class SessionRegistryTest {

    private final List<String> story = new ArrayList<>();
    private final SessionRegistry registry = new SessionRegistry(new FanOut(Runnable::run));

    private final class Known implements Client {

        private final String id;

        private Known(String id) {
            this.id = id;
            registry.add(this);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Prepared prepare(Output output) {
            return () -> {
                story.add(id + " queued");
                return () -> story.add(id + " written");
            };
        }

        @Override
        public void encode(EncodedEvent event) {
            // nothing to see
        }

        @Override
        public Runnable event(EncodedEvent event) {
            story.add(id + " queued an event");
            return () -> {
                story.add(id + " written an event");
                throw new IllegalStateException("one client fails");
            };
        }
    }

    private final Client a = new Known("a");
    private final Client b = new Known("b");

    private void answer(Client client) {
        registry.deliver(new Output.Reply(client.id(), 1, null));
    }

    private void tellBoth() {
        registry.deliver(new Output.Event(List.of(a.id(), b.id()), "event", List.of()));
    }

    /** Runs something in the place of what an actor does with a command. */
    private void ask(Runnable actor) {
        Relay relay = (Relay) Proxy.newProxyInstance(
                Relay.class.getClassLoader(), new Class<?>[] {Relay.class}, (proxy, method, arguments) -> {
                    actor.run();
                    return null;
                });
        registry.ask(relay, "actor", new Command.Disconnect("a"));
    }

    @Test
    void whatIsDeliveredIsWrittenAtOnce() {
        answer(a);
        tellBoth();
        assertThat(story)
                .containsExactly(
                        "a queued",
                        "a written",
                        "a queued an event",
                        "b queued an event",
                        "a written an event",
                        "b written an event");
    }

    @Test
    void whatIsHandedOverIsQueuedAtOnceAndWrittenLater() {
        Runnable first = registry.handOver(new Output.Event(List.of(a.id(), b.id()), "event", List.of()));
        Runnable second = registry.handOver(new Output.Reply(a.id(), 1, null));
        assertThat(story).containsExactly("a queued an event", "b queued an event", "a queued");
        story.clear();
        second.run();
        first.run();
        assertThat(story).containsExactly("a written", "a written an event", "b written an event");
    }

    @Test
    void whatIsHandedOverWhileAnActorIsAskedIsWrittenWithTheRest() {
        ask(() -> {
            answer(b);
            registry.handOver(new Output.Reply(a.id(), 1, null)).run();
            answer(b);
        });
        assertThat(story).containsExactly("b queued", "a queued", "b queued", "b written", "a written", "b written");
    }

    @Test
    void whatIsDeliveredTogetherIsWrittenAtTheEnd() {
        ask(() -> {
            answer(b);
            ask(this::tellBoth);
            answer(a);
        });
        assertThat(story)
                .containsExactly(
                        "b queued",
                        "a queued an event",
                        "b queued an event",
                        "a queued",
                        "b written",
                        "a written an event",
                        "b written an event",
                        "a written");
    }

    @Test
    void whatWasDeliveredIsWrittenAlsoIfTheRestFails() {
        assertThatThrownBy(() -> ask(() -> {
                    answer(a);
                    throw new IllegalStateException("the rest");
                }))
                .hasMessage("the rest");
        assertThat(story).containsExactly("a queued", "a written");
    }

    /** How a thread asks that was here so long ago. */
    private String askedAfter(long millis, Command command) throws InterruptedException {
        List<String> asked = new ArrayList<>();
        Relay relay = (Relay) Proxy.newProxyInstance(
                Relay.class.getClassLoader(), new Class<?>[] {Relay.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return null;
                });
        registry.ask(relay, "actor", command);
        if (millis > 0) {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
        registry.ask(relay, "actor", command);
        return asked.get(1);
    }

    @Test
    void onlyAThreadThatHasNothingElseToDoWaitsForTheStore() throws InterruptedException {
        Command call = new Command.Call("a", 1, "act", List.of());
        assertThat(askedAfter(1, call)).isEqualTo("askAndWrite");
        assertThat(askedAfter(1, new Command.Connect("a", null, Caller.ANONYMOUS)))
                .as("its WebSocket opens in that thread")
                .isEqualTo("ask");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!askedAfter(0, call).equals("ask")) { // a thread may be held up in between
            assertThat(System.nanoTime() - end).isNegative();
        }
    }
}
