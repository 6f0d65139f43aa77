package org.thespis.runtime.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.ReferenceSettings;

/** A store that hangs keeps the threads that look for its actors, and nobody else's. */
class LookupsTest {

    private static final Duration TIME = Duration.ofSeconds(20);

    private final CountDownLatch heals = new CountDownLatch(1);
    private final ExecutorService general = Executors.newFixedThreadPool(2);
    private final ExecutorService apart = Executors.newFixedThreadPool(2);
    private final References references = new References(
            relay(),
            new Lookups(general, Map.of("apart", apart)),
            Runnable::run,
            AfterCommit.NONE,
            ReferenceSettings.defaults());
    private final InjectedActors actors =
            new InjectedActors(() -> Optional.of(references), () -> Caller.ANONYMOUS, type -> null);

    @AfterEach
    void end() {
        heals.countDown();
        general.shutdownNow();
        apart.shutdownNow();
    }

    /** The store of the type {@code apart} hangs. */
    private Relay relay() {
        ActorType type = stub(ActorType.class, (name, a) -> true);
        return stub(Relay.class, (name, a) -> switch (name) {
            case "type" -> Optional.of(type);
            case "find" -> {
                if (a[0].equals("apart")) {
                    heals.await();
                }
                yield Optional.empty();
            }
            default -> null;
        });
    }

    private interface Answers {
        Object of(String method, Object[] arguments) throws Exception;
    }

    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<T> type, Answers answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (p, method, a) -> answers.of(method.getName(), a));
    }

    private CompletionStage<Boolean> exists(String type) {
        return actors.type(type).exists(ActorKey.of("a"));
    }

    @Test
    void manyThatAreLookedForInItKeepNobodyElseWaiting() throws Exception {
        List<CompletionStage<Boolean>> hanging = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hanging.add(exists("apart"));
        }
        assertThat(exists("other").toCompletableFuture().get(TIME.toSeconds(), TimeUnit.SECONDS))
                .isFalse();
        assertThat(hanging).noneMatch(stage -> stage.toCompletableFuture().isDone());
        heals.countDown();
        for (CompletionStage<Boolean> stage : hanging) {
            assertThat(stage.toCompletableFuture().get(TIME.toSeconds(), TimeUnit.SECONDS))
                    .isFalse();
        }
    }
}
