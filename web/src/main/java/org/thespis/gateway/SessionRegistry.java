package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Receivers;

/** All clients of this node, by the id under which actors know them. Any thread. */
final class SessionRegistry implements EventSink {

    private static final Logger LOG = System.getLogger(SessionRegistry.class.getName());

    private static final String FAILED = "delivering to a client failed";
    private static final Runnable NOTHING = () -> {};

    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final FanOut fanOut;

    /**
     * Time in which a thread comes back with what waited for it: the next message of a client that has several on their way, or that of
     * another client of many. It must not wait for the store then, as calls that wait are written together.
     */
    private static final long AT_ONCE_NANOS = TimeUnit.MICROSECONDS.toNanos(15);

    /** What this thread has delivered but not written, while it runs {@link #ask}. */
    private final ThreadLocal<List<Runnable>> putOff = new ThreadLocal<>();

    private final LoopWrites loops = new LoopWrites();

    /** When this thread has left {@link #ask}; one number. */
    private final ThreadLocal<long[]> leftAt = ThreadLocal.withInitial(() -> new long[] {System.nanoTime()});

    SessionRegistry(FanOut fanOut) {
        this.fanOut = fanOut;
    }

    void add(Client client) {
        clients.put(client.id(), client);
    }

    boolean remove(Client client) {
        return clients.remove(client.id(), client);
    }

    Collection<Client> clients() {
        return clients.values();
    }

    @Override
    public void deliver(Output output) {
        prepare(List.of(output)).run();
    }

    @Override
    public Runnable handOver(Output output) {
        if (putOff.get() != null) { // it is written with the rest
            deliver(output);
            return NOTHING;
        }
        List<Runnable> writes = new ArrayList<>(2);
        Runnable write = () -> fanOut.run(writes);
        try {
            writingTo(writes, () -> {
                deliver(output);
                return true;
            });
        } catch (RuntimeException | Error e) {
            write.run(); // what was queued waits for it
            throw e;
        }
        return write;
    }

    @Override
    public Runnable prepare(List<Output> outputs) {
        if (outputs.size() == 1) {
            return prepare(outputs.get(0));
        }
        Runnable[] prepared = new Runnable[outputs.size()];
        for (int i = 0; i < prepared.length; i++) {
            prepared[i] = prepare(outputs.get(i));
        }
        return () -> {
            for (Runnable one : prepared) {
                one.run();
            }
        };
    }

    private Runnable prepare(Output output) {
        if (output instanceof Output.Event event) {
            return prepareEvent(event);
        }
        Client client = clients.get(((Output.ToOne) output).clientId());
        Client.Prepared prepared = client == null ? null : prepare(client, output);
        return prepared == null ? NOTHING : () -> handOver(prepared);
    }

    /** What goes wrong with one client must not reach the actor or other clients. */
    private static Client.Prepared prepare(Client client, Output output) {
        try {
            return client.prepare(output);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, FAILED, e);
            return null;
        }
    }

    private void handOver(Client.Prepared prepared) {
        try {
            write(prepared.handOver());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, FAILED, e);
        }
    }

    private Runnable prepareEvent(Output.Event event) {
        EncodedEvent encoded = new EncodedEvent(event);
        for (Client client : find(event.receivers())) {
            encode(client, encoded);
        }
        return () -> handOver(event, encoded);
    }

    private void write(Runnable write) {
        List<Runnable> later = putOff.get();
        if (write != null && later != null) {
            later.add(write);
        } else if (write != null) {
            write.run();
        }
    }

    /**
     * Hands a command to an actor, and writes what this thread delivered of it when no turn waits for that: writing takes
     * long on Payara, where it is done by the thread that asks for it.
     */
    void ask(Relay relay, String actorId, Command command) {
        long[] left = leftAt.get();
        boolean lent = mayWait(command) && System.nanoTime() - left[0] >= AT_ONCE_NANOS;
        writingLater(() -> {
            if (lent) {
                relay.askAndWrite(actorId, command);
            } else {
                relay.ask(actorId, command);
            }
            return true;
        });
        left[0] = System.nanoTime();
    }

    /** Not as a WebSocket opens: on Payara it could not be closed as long as its thread waits there. */
    private static boolean mayWait(Command command) {
        return command instanceof Command.Call || command instanceof Command.CallOnce;
    }

    /**
     * The same for an event loop, which must not wait; what comes of it is written when the loop has handed over all that it has
     * read.
     *
     * @return false if the actor has to be asked in another thread
     */
    boolean offer(Relay relay, String actorId, Command command) {
        return loops.run(fanOut, writes -> writingTo(writes, () -> relay.offer(actorId, command)));
    }

    private boolean writingLater(BooleanSupplier asking) {
        if (putOff.get() != null) {
            return asking.getAsBoolean();
        }
        List<Runnable> writes = new ArrayList<>(2);
        try {
            return writingTo(writes, asking);
        } finally {
            fanOut.run(writes);
        }
    }

    private boolean writingTo(List<Runnable> writes, BooleanSupplier asking) {
        List<Runnable> outer = putOff.get();
        putOff.set(writes);
        try {
            return asking.getAsBoolean();
        } finally {
            putOff.set(outer); // a removed entry would be made anew, a weak reference, for each message
        }
    }

    private void handOver(Output.Event event, EncodedEvent encoded) {
        List<Runnable> later = putOff.get();
        List<Runnable> writes =
                later == null ? new ArrayList<>(event.receivers().size()) : later;
        for (Client client : find(event.receivers())) {
            Runnable write = handOver(client, encoded);
            if (write != null) {
                writes.add(write);
            }
        }
        if (later == null) {
            fanOut.run(writes);
        }
    }

    private List<Client> find(List<String> ids) {
        return ids instanceof Receivers many ? many.found(this::lookUp) : lookUp(ids);
    }

    private List<Client> lookUp(List<String> ids) {
        return ids.stream().map(clients::get).filter(Objects::nonNull).toList();
    }

    private static void encode(Client client, EncodedEvent event) {
        try {
            client.encode(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, FAILED, e);
        }
    }

    private static Runnable handOver(Client client, EncodedEvent event) {
        try {
            return client.event(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, FAILED, e);
            return null;
        }
    }
}
