package org.thespis.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads a call and writes its answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {

    private static final String CALL =
            "{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"1\"],\"name\":\"echo\",\"args\":[\"move 17\"]}}}";

    private final ServerMessage answer = new ServerMessage.ActionResponse(1, "move 17");
    private final byte[] bareCall = bareCall();

    private static byte[] bareCall() {
        ByteBuffer call = ByteBuffer.allocate(18);
        call.put(new byte[] {4, 0, 0, 1, 4, 'e', 'c', 'h', 'o', 9, (byte) 0x81, 0x67});
        call.put("move 1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] bytes = java.util.Arrays.copyOf(call.array(), 19);
        bytes[18] = '7';
        return bytes;
    }

    @Benchmark
    public ClientMessage readJson() throws MalformedMessageException {
        return WireCodec.JSON.decode(CALL);
    }

    @Benchmark
    public Frame writeJson() {
        return WireCodec.JSON.encode(answer);
    }

    @Benchmark
    public ClientMessage readBare() throws MalformedMessageException {
        return WireCodec.BARE.decode(bareCall);
    }

    @Benchmark
    public Frame writeBare() {
        return WireCodec.BARE.encode(answer);
    }

    @Benchmark
    public Frame writeJsonEvent() {
        return WireCodec.JSON.encode(new ServerMessage.Event("said", List.of("move 17")));
    }
}
