package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;

/** Actors that are created for a client, which their hooks are asked about before anything is stored. */
class AdmittedCreationsTest extends ThreadsFixture {

    private Wanted wanted(String key, String client) {
        return new Wanted(
                "scripted", ActorKey.of(key), Undefined.UNDEFINED, Caller.ANONYMOUS, client, Undefined.UNDEFINED);
    }

    @Test
    void noEventLeavesOfACreationThatIsNotStored() {
        start(settings(LONG, LONG, LONG, Duration.ofMillis(300)));
        script.onBeforeConnect = (self, connection) -> connection.send("welcome", self.count);
        store.before = access -> {
            if (access.equals("create")) {
                throw new StoreException("down", null);
            }
        };
        assertThatThrownBy(() -> system.getOrCreate(wanted("a", "guest"))).isInstanceOf(ActorException.class);
        assertThat(outputs).noneMatch(o -> o instanceof Output.Event);
    }

    @Test
    void whomTheHookOfACreationDisconnectsIsNotLetIn() {
        start(patient());
        script.onBeforeConnect = (self, connection) -> connection.disconnect("not you");
        String id;
        try {
            id = system.getOrCreate(wanted("a", "guest")).actor().id();
        } catch (ActorException e) {
            return; // as well
        }
        connect(id, "guest");
        await(
                "it is told",
                () -> outputs.stream().anyMatch(o -> o instanceof Output.Failed)
                        || outputs.stream().anyMatch(o -> o instanceof Output.Opened));
        assertThat(outputs).noneMatch(o -> o instanceof Output.Opened);
    }

    @Test
    void whomACreationHasLetInIsNotAskedAgainAlsoIfAnotherOneComesFirst() {
        start(patient());
        AtomicInteger asked = new AtomicInteger();
        script.onBeforeConnect = (self, connection) -> {
            if (connection.id().equals("guest")) {
                asked.incrementAndGet();
            }
        };
        String id = system.getOrCreate(wanted("a", "guest")).actor().id();
        client(id);
        connect(id, "guest");
        await("it is let in", () -> script.story().contains("connect guest"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoIsInterruptedWhileTheCreationIsBeingStoredIsNotToldToTryAgain() {
        start(patient());
        CountDownLatch storing = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("create")) {
                storing.countDown();
                block();
            }
        };
        AtomicReference<String> told = new AtomicReference<>();
        Thread creator = named(
                () -> {
                    try {
                        system.create(Wanted.of("scripted", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS));
                    } catch (ActorException e) {
                        told.set(e.error().code());
                    }
                },
                "creator");
        creator.start();
        await("it is being stored", () -> storing.getCount() == 0);
        creator.interrupt();
        awaitEnd("the creator is told", () -> join(creator));
        release.countDown();
        await(
                "it is there",
                () -> store.memory.find("scripted", ActorKey.of("a")).isPresent());
        assertThat(told.get()).isNotIn(TRY_AGAIN);
    }
}
