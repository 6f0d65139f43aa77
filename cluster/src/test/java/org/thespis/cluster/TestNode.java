package org.thespis.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.declaration.ActorBeans.ActorBean;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

/** One node with its actors and the clients of its gateway. */
final class TestNode {

    private static final int TICK_MILLIS = 10;
    private static final int THREADS = 4;
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    final String name;
    final ClusterRelay relay;
    final ActorSystem system;
    final NodeStore store;
    private final Residents residents;
    private final ExecutorService pool = Executors.newCachedThreadPool(TestNode::daemon);
    private final ExecutorService turns = Executors.newFixedThreadPool(THREADS, TestNode::daemon);
    private final ExecutorService asks = Executors.newFixedThreadPool(THREADS, TestNode::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(TestNode::daemon);
    private final Map<String, Consumer<Output>> clients = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Output>> waiting = new ConcurrentHashMap<>();
    final CountDownLatch writing = new CountDownLatch(1);
    final CountDownLatch mayWrite = new CountDownLatch(1);
    final AtomicInteger ticks = new AtomicInteger();
    private volatile String slowClient;
    volatile boolean gone;

    TestNode(Links links, StateStore shared, Residents residents, ClusterLimits limits) {
        this(links, shared, residents, limits, null);
    }

    TestNode(Links links, StateStore shared, Residents residents, ClusterLimits limits, Lease lease) {
        this.name = links.self();
        this.residents = residents;
        this.store = new NodeStore(shared);
        this.system = new ActorSystem(
                List.of(ActorDefinition.of(Ledger.class)),
                this::bean,
                store,
                turns,
                pool,
                pool,
                ActorSettings.defaults());
        this.relay = new ClusterRelay(system, links, lease, asks, TestNode::daemon, limits);
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    TestNode start() {
        join();
        connect();
        return this;
    }

    /** A server has its gateway later, if at all. */
    TestNode join() {
        relay.start();
        return this;
    }

    private void connect() {
        relay.connect(new EventSink() {
            @Override
            public void deliver(Output output) {
                handOver(output).run();
            }

            @Override
            public Runnable handOver(Output output) {
                tell(output);
                return () -> write(output);
            }
        });
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private void tick() {
        ticks.incrementAndGet();
        system.tick();
        relay.tick();
    }

    private ActorBean bean(ActorDefinition definition, ActorContext context) {
        Ledger ledger = new Ledger();
        ledger.actor = context;
        residents.came(context.id(), this);
        return new ActorBean() {
            @Override
            public Object instance() {
                return ledger;
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
                residents.left(context.id(), TestNode.this);
            }
        };
    }

    private void tell(Output output) {
        if (output instanceof Output.Event event) {
            event.receivers().forEach(client -> clients.getOrDefault(client, ignored -> {})
                    .accept(output));
            return;
        }
        String client = ((Output.ToOne) output).clientId();
        CompletableFuture<Output> once = waiting.remove(client);
        if (once != null) {
            once.complete(output);
        }
        clients.getOrDefault(client, ignored -> {}).accept(output);
    }

    /** What is told is in order already; on some servers this takes long. */
    private void write(Output output) {
        boolean slow = output instanceof Output.Event event
                ? event.receivers().contains(slowClient)
                : ((Output.ToOne) output).clientId().equals(slowClient);
        if (slow) {
            writing.countDown();
            try {
                mayWrite.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes to that client take until {@link #mayWrite}. */
    void slow(String client) {
        slowClient = client;
    }

    /** Takes all threads for what may ask the store, until that is over. */
    void fillPool(CountDownLatch over) throws InterruptedException {
        CountDownLatch full = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            asks.execute(() -> {
                full.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        full.await();
    }

    String actor(String key) {
        Wanted wanted = Wanted.of("ledger", ActorKey.of(key), Undefined.UNDEFINED, Caller.ANONYMOUS);
        return relay.getOrCreate(wanted).actor().id();
    }

    static String newClient() {
        return "client-" + UUID.randomUUID(); // unique over all nodes, as those of the gateway
    }

    /** A stateless call; ends with its answer, or with null if this node died before. */
    CompletableFuture<Output> once(String actorId, String action, Object... arguments) {
        String client = newClient();
        CompletableFuture<Output> answer = new CompletableFuture<>();
        waiting.put(client, answer);
        relay.ask(
                actorId,
                new Command.CallOnce(
                        client, Undefined.UNDEFINED, Caller.ANONYMOUS, action, Arrays.asList(arguments), null));
        if (gone) {
            answer.complete(null);
        }
        return answer;
    }

    Object call(String actorId, String action, Object... arguments) throws Exception {
        Output output = once(actorId, action, arguments).get(30, TimeUnit.SECONDS);
        if (output instanceof Output.Reply reply) {
            return reply.result();
        }
        throw new AssertionError("no answer, but " + output);
    }

    /** Opens a connection that wants the events of a name. */
    String connect(String actorId, String event, Consumer<Output> told) {
        String client = newClient();
        clients.put(client, told);
        relay.ask(actorId, new Command.Connect(client, Undefined.UNDEFINED, Caller.ANONYMOUS));
        relay.ask(actorId, new Command.Subscribe(client, event, true));
        return client;
    }

    /** As a process that is killed: what it was about to do does not happen any more. */
    void kill(MemoryNet net) {
        store.dead = true;
        gone = true;
        net.kill(name);
        system.dropAll();
        residents.died(this);
        end();
    }

    /** As an application that is undeployed. */
    void leave() {
        relay.stop(STOP_GRACE);
        relay.close();
        gone = true;
        end();
    }

    private void end() {
        timer.shutdownNow();
        waiting.values().forEach(answer -> answer.complete(null));
    }
}
