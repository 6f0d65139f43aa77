package org.thespis.bench;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Broadcasts: one connection speaks, all others are sent it; a few broadcasts are on their way at any time. */
final class BroadcastProbe implements Probe {

    private static final long END_SECONDS = 60;
    private static final int QUIET_MILLIS = 300;

    private final EventLoopGroup group;
    private final int onTheirWay;
    private final Peer peer;
    private final List<Line> listeners;
    private final Line speaker;

    // used by the event loop
    private Histogram nanos;
    private long end;
    private long received;
    private int sent;
    private int complete;
    private CompletableFuture<Void> done = new CompletableFuture<>();

    /**
     * @param speaking where what is said goes to; its call is the broadcast
     * @param onTheirWay broadcasts that have not reached all yet, at any time
     */
    BroadcastProbe(EventLoopGroup group, Peer peer, Peer speaking, int connections, int onTheirWay) throws Exception {
        this.group = group;
        this.onTheirWay = onTheirWay;
        this.peer = speaking;
        listeners = Lines.open(group, peer, connections);
        speaker = Lines.open(group, speaking, 1).get(0);
        speaker.listen((line, payload, index, length) -> {});
        for (Line line : listeners) {
            line.listen((l, payload, index, length) -> event());
            if (peer.subscription() != null) {
                line.send(peer.subscription());
            }
        }
        awaitSubscriptions();
    }

    /** Speaks until one broadcast has reached all. */
    private void awaitSubscriptions() throws Exception {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        nanos = Probe.histogram();
        while (!reachesAll()) {
            Faults.check();
            if (System.nanoTime() > give) {
                throw new IllegalStateException("not all are reached: " + received);
            }
        }
    }

    /** Speaks once and waits as long as something comes. */
    private boolean reachesAll() throws Exception {
        group.next().submit(() -> received = 0).get();
        speaker.send(peer.call());
        long before;
        long now = 0;
        do {
            before = now;
            TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            now = group.next().submit(() -> received).get();
        } while (now > before);
        return now >= listeners.size();
    }

    @Override
    public Slice run(Duration time) throws Exception {
        done = new CompletableFuture<>();
        long start = System.nanoTime();
        group.next().execute(() -> begin(start + time.toNanos()));
        done.get(time.toSeconds() + END_SECONDS, TimeUnit.SECONDS);
        Faults.check();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Slice(received / seconds, nanos);
    }

    private void begin(long until) {
        nanos = Probe.histogram();
        end = until;
        received = 0;
        sent = 0;
        complete = 0;
        for (int i = 0; i < onTheirWay; i++) {
            say();
        }
    }

    private void say() {
        sent++;
        speaker.pending.add(System.nanoTime());
        speaker.send(peer.call());
        speaker.flush();
    }

    private void event() {
        received++;
        if (end == 0 || received < (complete + 1L) * listeners.size()) {
            return;
        }
        complete++;
        long now = System.nanoTime();
        nanos.recordValue(now - speaker.pending.remove());
        if (now < end) {
            say();
        } else if (complete == sent) {
            end = 0;
            done.complete(null);
        }
    }

    @Override
    public void close() throws Exception {
        speaker.close().get(END_SECONDS, TimeUnit.SECONDS);
        Lines.close(listeners);
    }
}
