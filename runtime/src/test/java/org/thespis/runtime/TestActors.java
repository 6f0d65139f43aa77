package org.thespis.runtime;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.turn.Time;

/** An actor system without a server: beans by reflection, an executor that the test drives, and a list of all output. */
final class TestActors {

    final List<Output> outputs = new ArrayList<>();
    final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    final ActorSystem system;
    final TestClock clock = new TestClock();
    private int clients;

    /** Whether tasks run at once: who creates an actor waits for them. */
    private volatile boolean inline;

    TestActors(Class<?>... types) {
        this(ActorSettings.defaults(), types);
    }

    TestActors(ActorSettings settings, Class<?>... types) {
        this(settings, new MemoryStateStore(), types);
    }

    TestActors(ActorSettings settings, StateStore store, Class<?>... types) {
        this(settings, store, null, types);
    }

    /** @param time null for that of the machine with a calendar that stands */
    TestActors(ActorSettings settings, StateStore store, Time time, Class<?>... types) {
        this(
                settings,
                store,
                time,
                Arrays.stream(types).map(ActorDefinition::of).toList());
    }

    TestActors(ActorSettings settings, StateStore store, Time time, List<ActorDefinition> definitions) {
        Executor executor = task -> {
            if (inline) {
                task.run();
            } else {
                tasks.add(task);
            }
        };
        system = new ActorSystem(
                definitions,
                TestActors::bean,
                store,
                executor,
                executor,
                Runnable::run,
                settings,
                time == null ? Time.ofMachine(clock) : time);
        system.connect(outputs::add);
    }

    /** A bean by reflection; who is closeable is told of its end. */
    static ActorBeans.ActorBean bean(ActorDefinition definition, ActorContext context) {
        Object instance = instance(definition.type(), context);
        return new ActorBeans.ActorBean() {
            @Override
            public Object instance() {
                return instance;
            }

            @Override
            public Object enter() {
                return null;
            }

            @Override
            public void leave(Object entered) {
                // no scope here
            }

            @Override
            public void destroy() {
                if (instance instanceof AutoCloseable closeable) {
                    close(closeable);
                }
            }
        };
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object instance(Class<?> type, ActorContext context) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object instance = constructor.newInstance();
            for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
                for (Field field : c.getDeclaredFields()) {
                    if (field.getType() == ActorContext.class) {
                        field.setAccessible(true);
                        field.set(instance, context);
                    }
                }
            }
            return instance;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    String actor(String name, String... key) {
        return creating(() ->
                        system.getOrCreate(Wanted.of(name, ActorKey.of(key), Undefined.UNDEFINED, Caller.ANONYMOUS)))
                .actor()
                .id();
    }

    <T> T creating(Supplier<T> creation) {
        inline = true;
        try {
            return creation.get();
        } finally {
            inline = false;
        }
    }

    /** Stops the system, with tasks that run at once. */
    void stop(Duration grace) {
        creating(() -> {
            system.stop(grace);
            return null;
        });
    }

    /** Connects a client and forgets that it was opened. */
    String client(String actor) {
        String id = "client-" + ++clients;
        system.deliver(actor, new Command.Connect(id, Undefined.UNDEFINED, Caller.ANONYMOUS));
        outputs.removeIf(o -> o instanceof Output.Opened);
        return id;
    }

    void call(String actor, String client, long id, String action, Object... arguments) {
        system.deliver(actor, new Command.Call(client, id, action, Arrays.asList(arguments)));
    }

    /** Runs what waits in the executor, and what comes of it. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
