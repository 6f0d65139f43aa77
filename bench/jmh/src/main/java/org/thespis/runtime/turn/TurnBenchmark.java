package org.thespis.runtime.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.thespis.protocol.value.Values;

/** Mailboxes, and the binding of arguments. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TurnBenchmark {

    /** An argument of an action. */
    public record Move(int x, int y, String piece) {}

    private final Values values = Values.create();
    private final Map<String, Object> plain = plain();
    private final Move move = new Move(1, 7, "rook");
    private final Mailbox mailbox = new Mailbox(new Dispatcher(Runnable::run));

    private static Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("x", 1);
        plain.put("y", 7);
        plain.put("piece", "rook");
        return plain;
    }

    @Benchmark
    public Object bindText() {
        return values.bind("move 17", String.class);
    }

    @Benchmark
    public Object bindRecord() {
        return values.bind(plain, Move.class);
    }

    @Benchmark
    public Object plainOfRecord() {
        return values.plain(move);
    }

    private static final class Consuming extends Mailbox.Task {

        private final Blackhole hole;

        private Consuming(Blackhole hole) {
            this.hole = hole;
        }

        @Override
        protected void run() {
            hole.consume(1);
        }
    }

    @Benchmark
    public void mailbox(Blackhole hole) {
        mailbox.offerHere(new Consuming(hole), Integer.MAX_VALUE);
    }

    @Benchmark
    @Threads(2)
    public void mailboxOfTwoThreads(Blackhole hole) {
        mailbox.offerHere(new Consuming(hole), Integer.MAX_VALUE);
    }
}
