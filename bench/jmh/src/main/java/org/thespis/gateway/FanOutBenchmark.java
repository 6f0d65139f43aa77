package org.thespis.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.Output;

/** An event to 1,000 sessions that take everything at once: the time and allocation for each of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FanOutBenchmark {

    private static final int SESSIONS = 1_000;
    private static final int MAX_QUEUED = 1_000_000;

    private final SessionRegistry registry = new SessionRegistry(new FanOut(Runnable::run));
    private final Output.Event event = new Output.Event(clients(), "said", List.of("move 17"));

    private List<String> clients() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Client client = new Subscriber("c" + i, new Outbound(ReadySession.open(), MAX_QUEUED, null));
            registry.add(client);
            ids.add(client.id());
        }
        return ids;
    }

    private record Subscriber(String id, Outbound outbound) implements Client {

        @Override
        public Prepared prepare(Output output) {
            return null;
        }

        @Override
        public void encode(EncodedEvent encoded) {
            encoded.frame(WireCodec.JSON);
        }

        @Override
        public Runnable event(EncodedEvent encoded) {
            return outbound.queue(encoded.frame(WireCodec.JSON)) ? outbound : null;
        }
    }

    @Benchmark
    @OperationsPerInvocation(SESSIONS)
    public void broadcast() {
        registry.deliver(event);
    }
}
