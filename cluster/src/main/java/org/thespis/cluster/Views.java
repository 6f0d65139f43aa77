package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.cluster.wire.Message;
import org.thespis.cluster.wire.MessageCodec;

/** Who is in the cluster, who of them has actors, and what follows from that. Any thread. */
final class Views {

    private static final Logger LOG = System.getLogger(Views.class.getName());

    private final String self;
    private final Gate gate;
    private final Lines lines;
    private final Consumer<String> lost;
    private final BiConsumer<String, Long> apart;
    private final Departures departures;
    private final Arbiter arbiter; // null without a lease
    private final LeaseThreads leaseThreads;

    /** Read by who sends what depends on the view; so nothing of an earlier view is sent after a node said that it is in a later one. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private volatile Set<String> others = Set.of();

    /**
     * @param lease null if nobody decides which side of a cut cluster serves
     * @param threads makes one for it, which need be none of the server's
     * @param lost told of a node with which nothing goes on
     * @param apart told of a node with which nothing of earlier views goes on
     */
    Views(
            String self,
            Gate gate,
            Lines lines,
            Lease lease,
            Duration leaseTime,
            ThreadFactory threads,
            Consumer<String> lost,
            BiConsumer<String, Long> apart) {
        this.self = self;
        this.gate = gate;
        this.lines = lines;
        this.lost = lost;
        this.apart = apart;
        this.departures = new Departures(self);
        this.leaseThreads = new LeaseThreads(threads);
        this.arbiter =
                lease == null ? null : new Arbiter(self, lease, leaseTime, leaseThreads, System::nanoTime, this::serve);
    }

    /** Held while something is sent or told by the present view. */
    Lock same() {
        return lock.readLock();
    }

    /** Held while what is open by the present view ends. */
    Lock other() {
        return lock.writeLock();
    }

    Set<String> others() {
        return others;
    }

    boolean isOther(String node) {
        return others.contains(node);
    }

    /** Whether this node is of a part that serves, and does not leave. */
    boolean isStaying() {
        return departures.isStaying();
    }

    void install(Members members) {
        Set<String> before = others;
        lock.writeLock().lock();
        try {
            Set<String> now = new TreeSet<>(members.nodes());
            now.remove(self);
            now.stream().filter(node -> !before.contains(node)).forEach(lines::open);
            others = Set.copyOf(now);
            Set<String> left = departures.leaving();
            departures.comes(members).forEach(this::place);
            if (arbiter != null) {
                arbiter.comes(members, left);
            }
        } finally {
            lock.writeLock().unlock();
        }
        for (String node : before) {
            if (!members.nodes().contains(node)) {
                lines.close(node);
                lost.accept(node);
            } else if (members.apart().contains(node)) {
                apart.accept(node, Departures.epoch(members.epoch(), 0));
            }
        }
    }

    /** Guarded by the lock. */
    private void place(Members members) {
        gate.install(members, held -> lines.sendToAll(new Message.Sync(members.epoch(), held)));
    }

    /** The one that places has spoken. */
    void placed(String from, Message.Placed placed) {
        lock.writeLock().lock();
        try {
            boolean served = departures.isServing();
            departures.placed(from, placed).ifPresent(this::place);
            if (served != departures.isServing()) {
                LOG.log(
                        Level.WARNING,
                        served
                                ? "another part of the cluster serves: this one stops until it may"
                                : "this part of the cluster serves again");
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void say(Message.Placed placed) {
        lines.sendToAll(placed);
        placed(self, placed);
    }

    /** A node wants to leave. */
    void asked(String node, Message.Leaving leaving) {
        lock.writeLock().lock();
        try {
            departures.asked(node, leaving.view()).ifPresent(this::say);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void serve(boolean serves) {
        lock.writeLock().lock();
        try {
            departures.serve(serves).ifPresent(this::say);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Hands all segments of this node over; returns when that is done, the time is over, or nobody is there. */
    void leave(Duration time) throws InterruptedException {
        departures.want();
        askToLeave();
        if (!gate.awaitEmpty(time, departures::isAlone)) {
            LOG.log(Level.WARNING, "not all actors could be handed over within {0}", time);
        }
    }

    void tick() {
        askToLeave();
        if (arbiter != null) {
            arbiter.tick();
        }
    }

    private void askToLeave() {
        departures.request().ifPresent(request -> {
            if (request.placer().equals(self)) {
                asked(self, request.message());
            } else {
                lines.send(request.placer(), Kind.CONTROL, MessageCodec.write(request.message()));
            }
        });
    }

    /** From now on this node renews no lease: those that stay take it over. */
    void endLease() {
        if (arbiter != null) {
            arbiter.end();
        }
    }

    void close() {
        endLease();
        leaseThreads.close();
    }
}
