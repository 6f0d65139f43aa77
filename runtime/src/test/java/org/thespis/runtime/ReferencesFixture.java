package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Contract;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.reference.AfterCommit;
import org.thespis.runtime.reference.InjectedActors;
import org.thespis.runtime.reference.References;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.ReferenceSettings;

/** Actors called from inside, with real threads, as a bean of an application calls them. */
abstract class ReferencesFixture extends ThreadsFixture {

    static final Caller ANN = new Caller("ann");

    final ExecutorService lookups = Executors.newFixedThreadPool(4, task -> named(task, "lookups"));
    final ExecutorService callbacks = Executors.newFixedThreadPool(4, task -> named(task, "callbacks"));
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(task -> named(task, "ticks"));
    References references;
    InjectedActors actors;

    void begin(Class<?>... others) {
        begin(patient(), ReferenceSettings.defaults(), others);
    }

    void begin(ActorSettings settings, ReferenceSettings limits, Class<?>... others) {
        start(settings, others);
        references = new References(new LocalRelay(system), lookups, callbacks, afterCommit(), limits);
        actors = bean(others);
        Calling.actors = actors;
        References ticking = references;
        ticks.scheduleWithFixedDelay(ticking::tick, 5, 5, TimeUnit.MILLISECONDS);
    }

    /** The transactions that callers are in. */
    AfterCommit afterCommit() {
        return AfterCommit.NONE;
    }

    /** The actors as another bean has them. */
    InjectedActors bean(Class<?>... others) {
        List<ActorDefinition> definitions = new ArrayList<>(List.of(ActorDefinition.of(Scripted.class)));
        for (Class<?> other : others) {
            definitions.add(ActorDefinition.of(other));
        }
        return new InjectedActors(
                () -> Optional.ofNullable(references), () -> ANN, type -> Contract.of(type, definitions));
    }

    @AfterEach
    void endReferences() throws InterruptedException {
        release.countDown();
        for (ExecutorService threads : List.of(ticks, lookups, callbacks)) {
            threads.shutdownNow();
            threads.awaitTermination(LONG.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    static ReferenceSettings limits(Duration callTimeout, int openCalls, int events, int waiting) {
        return new ReferenceSettings(callTimeout, openCalls, events, waiting, 1_000, 64);
    }

    ActorReference scripted(String key) {
        return actors.type("scripted").getOrCreate(key);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LONG.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a call failed with: group and code. */
    static String failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> get(stage));
        assertThat(thrown).as("it fails").isNotNull();
        return code(thrown.getCause());
    }

    static String code(Throwable thrown) {
        assertThat(thrown).isInstanceOf(ActorCallException.class);
        ActorCallException e = (ActorCallException) thrown;
        return e.group() + "." + e.code();
    }
}
