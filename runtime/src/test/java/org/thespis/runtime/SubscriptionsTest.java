package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.reference.InjectedActors;
import org.thespis.runtime.settings.ReferenceSettings;

/** Who listens to events inside the server. */
class SubscriptionsTest extends ReferencesFixture {

    private final Queue<Object> heard = new ConcurrentLinkedQueue<>();

    private ActorReference calling(String key) {
        return actors.type("calling").getOrCreate(key);
    }

    private String id(String type, String key) {
        return system.find(type, ActorKey.of(key)).orElseThrow().id();
    }

    @Test
    void eventsAreHeardInTheirOrderUntilItIsClosed() throws Exception {
        begin(Calling.class);
        Subscription subscription = calling("a").on("added", Integer.class, heard::add);
        get(subscription.opened());
        for (int i = 0; i < 200; i++) {
            calling("a").tell("add", 1);
        }
        await("all are heard", () -> heard.size() == 200);
        assertThat(new ArrayList<>(heard)).isSorted();
        subscription.close();
        get(subscription.ended());
        get(calling("a").call("add", 1));
        get(calling("a").call("add", 1));
        assertThat(heard).hasSize(200);
        await("nothing of it is kept", () -> references.open() == 0);
    }

    @Test
    void anotherEventIsNotHeard() throws Exception {
        begin(Calling.class);
        get(calling("a").on("other", heard::add).opened());
        get(calling("a").call("add", 1));
        get(calling("b").call("add", 1));
        assertThat(heard).isEmpty();
    }

    @Test
    void clientsAndListenersHearTheSameEvent() throws Exception {
        begin(Calling.class);
        String id = made("calling", "a");
        String client = client(id);
        system.deliver(id, new org.thespis.runtime.message.Command.Subscribe(client, "added", true));
        get(calling("a").on("added", heard::add).opened());
        get(calling("a").call("add", 3));
        await("the client hears it", () -> outputs.stream()
                .anyMatch(o -> o instanceof Output.Event event
                        && event.receivers().contains(client)
                        && event.arguments().equals(List.of(3, Map.of("by", 3)))));
        await("the listener hears it", () -> heard.contains(List.of(3, Map.of("by", 3))));
    }

    @Test
    void eachListenerHasItsOwnCopy() throws Exception {
        begin(Calling.class);
        for (int i = 0; i < 2; i++) {
            get(calling("a")
                    .on("added", arguments -> {
                        heard.add(List.copyOf(arguments));
                        arguments.clear();
                    })
                    .opened());
        }
        get(calling("a").call("add", 1));
        await("both have heard it", () -> heard.size() == 2);
        assertThat(heard).containsOnly(List.of(1, Map.of("by", 1)));
    }

    @Test
    void aListenerThatThrowsHearsTheNextEvent() throws Exception {
        begin(Calling.class);
        Subscription subscription = calling("a").on("added", Integer.class, count -> {
            heard.add(count);
            throw new StackOverflowError();
        });
        get(subscription.opened());
        get(calling("a").call("add", 1));
        get(calling("a").call("add", 1));
        await("both are heard", () -> heard.size() == 2);
    }

    @Test
    void anEventThatDoesNotFitIsPassedOver() throws Exception {
        begin(Calling.class);
        get(calling("a").on("added", Calling.Point.class, heard::add).opened());
        get(calling("a").call("add", 1));
        Subscription second = calling("a").on("added", Integer.class, heard::add);
        get(second.opened());
        get(calling("a").call("add", 1));
        await("the other hears it", () -> heard.size() == 1);
        assertThat(heard).containsExactly(2);
    }

    @Test
    void aListenerThatBlocksHoldsUpNobodyAndIsClosedWhenTooMuchWaits() throws Exception {
        begin(patient(), limits(LONG, 100, 5, 100), Calling.class);
        CountDownLatch hears = new CountDownLatch(1);
        Subscription slow = calling("a").on("added", event -> {
            hears.countDown();
            block();
        });
        get(slow.opened());
        get(calling("a").on("added", Integer.class, heard::add).opened());
        get(calling("a").call("add", 1));
        hears.await();
        for (int i = 0; i < 5; i++) {
            get(calling("a").call("add", 1));
        }
        assertThat(slow.ended().toCompletableFuture()).isNotDone();
        get(calling("a").call("add", 1));
        assertThat(failure(slow.ended())).isEqualTo("connection.too_slow");
        await("the other hears all", () -> heard.size() == 7);
        assertThat(references.open()).isEqualTo(1);
    }

    @Test
    void itEndsWithTheBeanThatMadeIt() throws Exception {
        begin(Calling.class);
        InjectedActors bean = bean(Calling.class);
        Subscription subscription = bean.type("calling").getOrCreate("a").on("added", heard::add);
        get(subscription.opened());
        bean.close();
        get(subscription.ended());
        assertThat(references.open()).isZero();
    }

    @Test
    void itEndsWithTheActor() throws Exception {
        begin(Calling.class);
        Subscription subscription = calling("a").on("added", heard::add);
        get(subscription.opened());
        get(calling("a").destroy());
        get(subscription.ended());
        await("nothing of it is kept", () -> references.open() == 0);
    }

    @Test
    void itKeepsTheActorAwakeAndNoLonger() throws Exception {
        begin(sleepy(), ReferenceSettings.defaults());
        Subscription subscription = scripted("a").on("added", heard::add);
        get(subscription.opened());
        String id = id("scripted", "a");
        get(scripted("witness").call("act"));
        String witness = id("scripted", "witness");
        await("another sleeps", () -> system.instance(witness) == null);
        assertThat(system.instance(id)).isNotNull();
        subscription.close();
        await("it sleeps", () -> system.instance(id) == null);
    }

    @Test
    void itComesBackWhenItsInstanceIsLost() throws Exception {
        begin();
        get(scripted("a").on("added", Integer.class, heard::add).opened());
        get(scripted("a").call("add", 1));
        await("it hears", () -> heard.size() == 1);
        String id = id("scripted", "a");
        var now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new Write(id, now.version(), now.state(), java.util.OptionalLong.empty())));
        get(scripted("a").call("add", 1)); // who finds out
        await("it hears again", () -> {
            scripted("a").tell("add", 1);
            return heard.size() > 1;
        });
    }

    @Test
    void whatTheActorRefusesIsTold() throws Exception {
        begin(Calling.class, Choosy.class);
        get(actors.type("choosy").getOrCreate("a").call("ready"));
        ActorReference choosy = actors.type("choosy").get("a");
        assertThat(failure(choosy.on("secret", heard::add).ended())).isEqualTo("auth.forbidden");
        Subscription refused = choosy.withParameters("no").on("open", heard::add);
        assertThat(failure(refused.opened())).isEqualTo("user.refused");
        assertThat(failure(refused.ended())).isEqualTo("user.refused");
        assertThat(failure(actors.type("choosy").get("b").on("open", heard::add).ended()))
                .isEqualTo("actor.not_found");
        assertThat(failure(actors.type("none").get("b").on("open", heard::add).ended()))
                .isEqualTo("actor.type_not_found");
        await("nothing of them is kept", () -> references.open() == 0);
    }

    @Test
    void anActorMayCloseIt() throws Exception {
        begin();
        script.onConnect = (self, connection) -> {
            if (!connection.id().isEmpty() && self.actor.connections().size() > 0) {
                self.count++;
            }
        };
        Subscription subscription = scripted("a").on("added", heard::add);
        get(subscription.opened());
        script.act = self -> self.actor.connections().stream().forEach(connection -> connection.disconnect("a.b"));
        scripted("a").tell("act");
        get(subscription.ended());
    }

    @Test
    void itEndsWhenTheActorsStop() throws Exception {
        begin(Calling.class);
        Subscription subscription = calling("a").on("added", heard::add);
        get(subscription.opened());
        references.close();
        assertThat(failure(subscription.ended())).isEqualTo("guard.service_unavailable");
    }

    @Test
    void oneThatIsClosedAtOnceLeavesNothing() {
        begin(sleepy(), ReferenceSettings.defaults());
        for (int i = 0; i < 50; i++) {
            scripted("a").on("added", heard::add).close();
        }
        await("nothing of them is kept", () -> references.open() == 0);
        await("the actor sleeps", () -> system.find("scripted", ActorKey.of("a"))
                .filter(actor -> system.instance(actor.id()) == null)
                .isPresent());
    }
}
