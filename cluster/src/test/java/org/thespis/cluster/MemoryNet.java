package org.thespis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A net in memory: each line has a thread of its own, as slow as it likes, and each node learns of a view when it likes. */
final class MemoryNet {

    /** Messages that a line takes while its receiver does not read. */
    private static final int LINE = 50;

    /** Of so many views and messages one comes late. */
    private static final int LATE = 20;

    private final Random random = new Random(); // only of when things come, which threads decide anyway
    private final Map<String, Port> ports = new ConcurrentHashMap<>();
    private final Set<String> members = new TreeSet<>(); // guarded by this
    private long epoch; // guarded by this

    /** Sends in the name of a node. */
    Links sender(String name) {
        return ports.get(name);
    }

    Port port(String name) {
        return new Port(name);
    }

    private synchronized void change(Runnable change) {
        change.run();
        Members next = new Members(++epoch, members, true);
        for (String member : members) {
            ports.get(member).views.add(next);
        }
    }

    /** The node is gone from one moment to the next; of what it sent last some comes, and some does not. */
    void kill(String name) {
        Port port = ports.remove(name);
        port.dead = true;
        change(() -> members.remove(name));
        port.end();
    }

    /** One node sees itself alone for a while, of which the others see nothing until all are together again. */
    synchronized void strand(String name) {
        ports.get(name).views.add(new Members(++epoch, Set.of(name), true));
        epoch++;
        for (String member : members) {
            boolean stranded = member.equals(name);
            Set<String> apart = new TreeSet<>(stranded ? members : Set.of(name));
            apart.remove(member);
            ports.get(member).views.add(new Members(epoch, members, !stranded, apart));
        }
    }

    /** The lines to a node take nothing more than they hold, until {@link #resume}. */
    void pause(String name) {
        ports.get(name).paused = true;
    }

    void resume(String name) {
        ports.get(name).paused = false;
    }

    private void dawdle() throws InterruptedException {
        if (random.nextInt(LATE) == 0) {
            TimeUnit.MICROSECONDS.sleep(random.nextInt(2_000));
        }
    }

    final class Port implements Links {

        private final String name;
        private final BlockingQueue<Members> views = new LinkedBlockingQueue<>();
        private final Map<String, BlockingQueue<byte[]>> lines = new ConcurrentHashMap<>(); // by sender
        private final List<Thread> threads = new ArrayList<>(); // guarded by this
        private final CountDownLatch joined = new CountDownLatch(1);
        private Listener listener;
        volatile boolean dead;
        volatile boolean paused;

        private Port(String name) {
            this.name = name;
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public String address(String node) {
            return node;
        }

        @Override
        public void start(Listener toldTo) {
            listener = toldTo;
            ports.put(name, this);
            begin("views-" + name, this::tellViews);
            change(() -> members.add(name));
            try {
                joined.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private synchronized void begin(String what, Runnable task) {
            if (dead) {
                return;
            }
            Thread thread = new Thread(task, what);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }

        private void tellViews() {
            try {
                while (true) {
                    Members next = views.take();
                    dawdle();
                    listener.members(next);
                    joined.countDown();
                }
            } catch (InterruptedException e) {
                return; // left
            }
        }

        @Override
        public void send(String node, byte[] message) throws InterruptedException {
            Port to = ports.get(node);
            if (to != null && !dead) {
                to.line(name).put(message);
            }
        }

        private BlockingQueue<byte[]> line(String from) {
            return lines.computeIfAbsent(from, sender -> {
                BlockingQueue<byte[]> line = new LinkedBlockingQueue<>(LINE);
                begin(sender + "-to-" + name, () -> deliver(sender, line));
                return line;
            });
        }

        private void deliver(String sender, BlockingQueue<byte[]> line) {
            try {
                while (true) {
                    byte[] message = line.take();
                    while (paused) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                    dawdle();
                    listener.received(sender, message);
                }
            } catch (InterruptedException e) {
                return; // left
            }
        }

        private synchronized void end() {
            dead = true;
            threads.forEach(Thread::interrupt);
        }

        @Override
        public void close() {
            if (ports.remove(name, this)) {
                change(() -> members.remove(name));
                end();
            }
        }
    }
}
