package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.runtime.EventSink;
import org.thespis.runtime.Output;
import org.thespis.runtime.Receivers;

/** All clients of this node, by the id under which actors know them. Any thread. */
final class SessionRegistry implements EventSink {

    private static final Logger LOG = System.getLogger(SessionRegistry.class.getName());

    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final FanOut fanOut;

    /** What this thread has delivered but not written, while it runs {@link #together}. */
    private final ThreadLocal<List<Runnable>> putOff = new ThreadLocal<>();

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
        if (output instanceof Output.Event event) {
            event(event);
        } else {
            Client client = clients.get(idOf(output));
            if (client != null) {
                safely(() -> write(client.deliver(output)));
            }
        }
    }

    private void write(Runnable write) {
        List<Runnable> later = putOff.get();
        if (write != null && later != null) {
            later.add(write);
        } else if (write != null) {
            write.run();
        }
    }

    /** Writing takes long on Payara, where it is done by the thread that asks for it. */
    @Override
    public void together(Runnable deliveries) {
        if (putOff.get() != null) {
            deliveries.run();
            return;
        }
        List<Runnable> writes = new ArrayList<>(2);
        putOff.set(writes);
        try {
            deliveries.run();
        } finally {
            putOff.set(null); // a removed entry would be made anew, a weak reference, for each message
            fanOut.run(writes);
        }
    }

    private void event(Output.Event event) {
        EncodedEvent encoded = new EncodedEvent(event);
        List<Runnable> later = putOff.get();
        List<Runnable> writes =
                later == null ? new ArrayList<>(event.receivers().size()) : later;
        for (Client client : find(event.receivers())) {
            safely(() -> {
                Runnable write = client.event(encoded);
                if (write != null) {
                    writes.add(write);
                }
            });
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

    /** What goes wrong with one client must not reach the actor or other clients. */
    private static void safely(Runnable delivery) {
        try {
            delivery.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "delivering to a client failed", e);
        }
    }

    private static String idOf(Output output) {
        if (output instanceof Output.Reply reply) {
            return reply.clientId();
        }
        if (output instanceof Output.Failed failed) {
            return failed.clientId();
        }
        if (output instanceof Output.Opened opened) {
            return opened.clientId();
        }
        if (output instanceof Output.Closed closed) {
            return closed.clientId();
        }
        if (output instanceof Output.SocketSent sent) {
            return sent.clientId();
        }
        return ((Output.Responded) output).clientId();
    }
}
