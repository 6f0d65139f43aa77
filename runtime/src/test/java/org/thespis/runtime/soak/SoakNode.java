package org.thespis.runtime.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.Relay;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.declaration.ActorBeans.ActorBean;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** One node of a round: a system with its threads, and the gateway's side of its lines. */
final class SoakNode {

    private static final int POOL = 8;

    /** So few that the pool is full at times. */
    private static final int QUEUE = 200;

    private static final int TICK_MILLIS = 10;

    private final Book book;
    private final ActorSystem system;
    final Relay relay;
    private final Map<String, SoakActor> live = new ConcurrentHashMap<>(); // by actor
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<String, Asked> stateless = new ConcurrentHashMap<>(); // by client
    private final ExecutorService pool;
    private final ExecutorService commits;
    private final ExecutorService gateway;
    private final ScheduledExecutorService timer;

    SoakNode(String name, Book book, StateStore store, ActorSettings settings) {
        this.book = book;
        pool = new ThreadPoolExecutor(
                POOL, POOL, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(QUEUE), task -> named(task, "pool-" + name));
        commits = Executors.newFixedThreadPool(CommitQueue.MAX_HELD_UP + 1, task -> named(task, "commits-" + name));
        gateway = Executors.newSingleThreadExecutor(task -> named(task, "gateway-" + name));
        timer = Executors.newSingleThreadScheduledExecutor(task -> named(task, "timer-" + name));
        List<ActorDefinition> definitions = Stream.of(
                        SoakActor.Committed.class, SoakActor.Periodic.class, SoakActor.Careless.class)
                .map(ActorDefinition::of)
                .toList();
        system = new ActorSystem(definitions, this::bean, store, pool, commits, Runnable::run, settings);
        relay = new LocalRelay(system);
        relay.connect(this::deliver);
        timer.scheduleWithFixedDelay(system::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Thread named(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private ActorBean bean(ActorDefinition definition, ActorContext context) {
        SoakActor actor;
        try {
            actor = (SoakActor) definition.type().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        actor.actor = context;
        if (live.putIfAbsent(context.id(), actor) != null) {
            book.fault("two live instances on one node", context.id());
        }
        return new Bean(actor);
    }

    private final class Bean implements ActorBean {

        private final SoakActor actor;

        private Bean(SoakActor actor) {
            this.actor = actor;
        }

        @Override
        public Object instance() {
            return actor;
        }

        @Override
        public Object enter() {
            if (actor.inside != null) {
                book.fault("two turns at once", actor.actor.id());
            }
            actor.inside = Thread.currentThread();
            return null;
        }

        @Override
        public void leave(Object entered) {
            actor.inside = null;
        }

        @Override
        public void destroy() {
            if (!live.remove(actor.actor.id(), actor)) {
                book.fault("a bean ended twice", actor.actor.id());
            }
            if (book.chance.oneIn(20)) {
                throw new IllegalStateException("@PreDestroy");
            }
        }
    }

    /** Opens a connection or a socket. */
    Line open(Line line, Command command) {
        lines.put(line.id, line);
        book.lines.add(line);
        relay.ask(line.actorId, command);
        return line;
    }

    /** Calls over a line. */
    void call(Asked asked, List<Object> arguments) {
        long request = asked.line.requests.incrementAndGet();
        asked.line.calls.put(request, asked);
        book.asked.add(asked);
        relay.ask(asked.actorId, new Command.Call(asked.line.id, request, asked.action, arguments));
    }

    /** Calls, or requests, without a line. */
    void once(Asked asked, Command command) {
        stateless.put(command.clientId(), asked);
        book.asked.add(asked);
        relay.ask(asked.actorId, command);
    }

    private void deliver(Output output) {
        if (output instanceof Output.Reply reply) {
            answered(reply.clientId(), reply.requestId(), output);
        } else if (output instanceof Output.Responded responded) {
            answered(responded.clientId(), 0, output);
        } else if (output instanceof Output.Failed failed && failed.requestId() != null) {
            answered(failed.clientId(), failed.requestId(), output);
        } else if (output instanceof Output.Opened opened) {
            opened(lines.get(opened.clientId()));
        } else if (output instanceof Output.Closed closed) {
            closed(lines.get(closed.clientId()), closed);
        } else if (output instanceof Output.Event event) {
            event.receivers().forEach(receiver -> event(lines.get(receiver), event));
        }
    }

    private void answered(String client, long request, Output output) {
        Line line = lines.get(client);
        Asked asked = line == null ? stateless.get(client) : line.calls.get(request);
        if (asked == null) {
            book.fault("an answer to nobody", output);
        } else {
            asked.answered(output);
        }
    }

    private void opened(Line line) {
        if (line.opened) {
            book.fault("opened twice", line.id);
        }
        line.opened = true;
    }

    private void closed(Line line, Output.Closed closed) {
        if (line == null) {
            return; // the actor closed the line of a stateless call
        }
        line.closed();
        Command end = line.socket
                ? new Command.SocketClosed(line.id, new Close(closed.code(), ""))
                : new Command.Disconnect(line.id);
        gateway.execute(() -> relay.ask(line.actorId, end));
    }

    private void event(Line line, Output.Event event) {
        if (line == null) {
            book.fault("an event to nobody", event);
        } else if (!line.event(((Number) event.arguments().get(0)).longValue(), (String)
                event.arguments().get(1))) {
            book.fault("an event out of order", line.id + " of " + line.actorId + ": " + event);
        }
    }

    /** Stops the system; all must come to its end. */
    void stop(Duration grace) {
        long begin = System.nanoTime();
        system.stop(grace);
        if (System.nanoTime() - begin > grace.toNanos()) {
            live.values().forEach(actor -> book.fault("a stop that takes too long", Look.at(actor.actor)));
        }
    }

    /** Whether nobody lives here any more. */
    boolean isEmpty() {
        return live.isEmpty() && instances() == 0;
    }

    int instances() {
        return system.names().stream()
                .mapToInt(name -> system.container(name).orElseThrow().size())
                .sum();
    }

    String beans() {
        return live.keySet().toString();
    }

    void end() {
        List.of(timer, gateway, pool, commits).forEach(ExecutorService::shutdownNow);
    }
}
