package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Calls over WebSockets: a fixed number is on its way at any time. */
final class CallProbe implements Probe {

    private static final long END_SECONDS = 60;

    private final EventLoopGroup group;
    private final Peer peer;
    private final List<Line> lines;
    private final int inFlight;
    private final boolean randomly;

    // used by the event loop
    private Histogram nanos;
    private long end;
    private int open;
    private CompletableFuture<Void> done;

    private CallProbe(EventLoopGroup group, Peer peer, List<Line> lines, int inFlight, boolean randomly) {
        this.group = group;
        this.peer = peer;
        this.lines = lines;
        this.inFlight = inFlight;
        this.randomly = randomly;
        lines.forEach(line -> line.listen(this::answered));
    }

    /** @param inFlight calls on their way on each connection */
    static CallProbe onEach(EventLoopGroup group, Peer peer, int connections, int inFlight) throws Exception {
        return new CallProbe(group, peer, Lines.open(group, peer, connections), connections * inFlight, false);
    }

    /** @param inFlight calls on their way over all connections, each on one chosen by chance */
    static CallProbe randomly(EventLoopGroup group, Peer peer, int connections, int inFlight) throws Exception {
        return new CallProbe(group, peer, Lines.open(group, peer, connections), inFlight, true);
    }

    @Override
    public Slice run(Duration time) throws Exception {
        done = new CompletableFuture<>();
        long start = System.nanoTime();
        group.next().execute(() -> begin(start + time.toNanos()));
        done.get(time.toSeconds() + END_SECONDS, TimeUnit.SECONDS);
        Faults.check();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Slice(nanos.getTotalCount() / seconds, nanos);
    }

    private void begin(long until) {
        nanos = Probe.histogram();
        end = until;
        open = inFlight;
        for (int i = 0; i < inFlight; i++) {
            call(randomly ? any() : lines.get(i % lines.size()));
        }
        lines.forEach(Line::flush);
    }

    private Line any() {
        return lines.get(ThreadLocalRandom.current().nextInt(lines.size()));
    }

    private void call(Line line) {
        line.pending.add(System.nanoTime());
        line.send(peer.call());
    }

    private void answered(Line line, ByteBuf payload, int index, int length) {
        if (!peer.answer().isIn(payload, index, length)) {
            throw new IllegalStateException(
                    "no answer: " + payload.toString(index, Math.min(length, 300), StandardCharsets.UTF_8));
        }
        long now = System.nanoTime();
        nanos.recordValue(now - line.pending.remove());
        if (now >= end) {
            if (--open == 0) {
                done.complete(null);
            }
        } else if (randomly) {
            Line next = any();
            call(next);
            next.flush();
        } else {
            call(line);
        }
    }

    @Override
    public void close() throws Exception {
        Lines.close(lines);
    }
}
