package org.thespis.runtime.reference;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorReference;
import org.thespis.api.Durability;
import org.thespis.api.Undefined;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Contract;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.ReferenceSettings;

/** What a call from inside the server costs beside the turn itself, without and with the way to another thread and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ReferenceBenchmark {

    /** How the actor is called. */
    public interface Adder {
        CompletionStage<Integer> add(int by);
    }

    /** An actor that does nearly nothing. */
    @Actor(durability = Durability.NONE)
    public static class AdderActor {

        private int count;

        @Action
        int add(int by) {
            return count += by;
        }
    }

    private record Bean(Object instance) implements ActorBeans.ActorBean {

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
            // nor anything to end
        }
    }

    private static ActorBeans.ActorBean bean(ActorDefinition definition, ActorContext context) {
        return new Bean(new AdderActor());
    }

    private static final class Node {

        private final ExecutorService threads;
        private final LocalRelay relay;
        private final Adder adder;
        private final ActorReference reference;
        private final String id;

        private Node(ExecutorService threads) {
            this.threads = threads;
            List<ActorDefinition> types = List.of(ActorDefinition.of(AdderActor.class));
            ActorSystem system = new ActorSystem(
                    types,
                    ReferenceBenchmark::bean,
                    new MemoryStateStore(),
                    this::run,
                    this::run,
                    this::run,
                    ActorSettings.defaults());
            relay = new LocalRelay(system);
            References references =
                    new References(relay, this::run, this::run, AfterCommit.NONE, ReferenceSettings.defaults());
            InjectedActors actors = new InjectedActors(
                    () -> Optional.of(references), () -> Caller.ANONYMOUS, type -> Contract.of(type, types));
            adder = actors.type(Adder.class).getOrCreate("a");
            reference = actors.reference(adder);
            adder.add(1).toCompletableFuture().join();
            id = relay.find("adderActor", org.thespis.api.ActorKey.of("a"))
                    .orElseThrow()
                    .id();
        }

        private void run(Runnable task) {
            if (threads == null) {
                task.run();
            } else {
                threads.execute(task);
            }
        }
    }

    private final Node here = new Node(null);
    private final Node threads = new Node(Executors.newFixedThreadPool(2));

    @TearDown
    public void end() {
        threads.threads.shutdown();
    }

    /** A stateless call as the gateway hands it over: the turn itself. */
    @Benchmark
    public void turn() {
        here.relay.ask(
                here.id,
                new Command.CallOnce("nobody", Undefined.UNDEFINED, Caller.ANONYMOUS, "add", List.of(1), null));
    }

    @Benchmark
    public Object typedCall() {
        return here.adder.add(1).toCompletableFuture().join();
    }

    @Benchmark
    public Object call() {
        return here.reference.call("add", 1).toCompletableFuture().join();
    }

    @Benchmark
    public void tell() {
        here.reference.tell("add", 1);
    }

    @Benchmark
    public Object blockingCallOverThreads() {
        return threads.reference.blocking().call("add", 1);
    }
}
