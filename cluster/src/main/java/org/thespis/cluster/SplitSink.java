package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.thespis.cluster.wire.Message;
import org.thespis.cluster.wire.MessageCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Receivers;

/**
 * Takes what the actors here send, and shares it between the clients here and those of other nodes: one message for each node,
 * however many clients it has. Any thread.
 */
final class SplitSink implements EventSink {

    private static final Logger LOG = System.getLogger(SplitSink.class.getName());

    /** The receivers of an event on one node; null for this one. */
    private record Part(String node, Receivers ids) {}

    private final EventSink here;
    private final Homes homes;
    private final boolean inside;
    private final BiConsumer<String, byte[]> send;

    /**
     * @param here the sink of this node
     * @param inside whether it is that for clients inside the server, or that of the gateway
     * @param send sends a message to a node; does not block
     */
    SplitSink(EventSink here, Homes homes, boolean inside, BiConsumer<String, byte[]> send) {
        this.here = here;
        this.homes = homes;
        this.inside = inside;
        this.send = send;
    }

    @Override
    public void deliver(Output output) {
        prepare(List.of(output)).run();
    }

    @Override
    public Runnable prepare(List<Output> outputs) {
        if (homes.size() == 0 && outputs.stream().allMatch(Output.ToOne.class::isInstance)) {
            return here.prepare(outputs); // an event is always shared: its receivers remember how
        }
        List<Runnable> prepared = new ArrayList<>(outputs.size());
        for (Output output : outputs) {
            prepared.add(output instanceof Output.Event event ? prepare(event) : prepare((Output.ToOne) output));
        }
        return () -> prepared.forEach(Runnable::run);
    }

    private Runnable prepare(Output.ToOne output) {
        String node = homes.node(output.clientId());
        if (node == null) {
            return here.prepare(List.of(output));
        }
        byte[] message = told(output);
        return () -> {
            homes.told(output);
            send.accept(node, message);
        };
    }

    /** What has no form here is told as the gateway tells it. */
    private static byte[] told(Output.ToOne output) {
        try {
            return MessageCodec.write(new Message.Told(output));
        } catch (UnencodableException e) {
            ActorError error = ActorError.unencodable(e.getMessage());
            Long request = output instanceof Output.Reply reply ? (Long) reply.requestId() : null;
            if (output instanceof Output.Responded) {
                request = 0L;
            } else if (output instanceof Output.Failed failed) {
                request = failed.requestId();
            }
            return MessageCodec.write(new Message.Told(new Output.Failed(output.clientId(), request, error, null)));
        }
    }

    private Runnable prepare(Output.Event event) {
        List<Part> parts =
                event.receivers() instanceof Receivers many ? many.found(this::split) : split(event.receivers());
        List<Runnable> prepared = new ArrayList<>(parts.size());
        byte[] arguments = null;
        for (Part part : parts) {
            if (part.node == null) {
                Output mine = new Output.Event(part.ids, event.name(), event.arguments());
                prepared.add(here.prepare(List.of(mine)));
                continue;
            }
            try {
                arguments = arguments == null ? MessageCodec.arguments(event.arguments()) : arguments;
                byte[] message = MessageCodec.event(part.ids, event.name(), arguments);
                prepared.add(() -> send.accept(part.node, message));
            } catch (UnencodableException e) {
                LOG.log(Level.ERROR, "an event " + event.name() + " has no form that can be sent", e);
            }
        }
        return () -> prepared.forEach(Runnable::run);
    }

    private List<Part> split(List<String> ids) {
        Map<String, List<String>> byNode = new LinkedHashMap<>();
        List<String> mine = new ArrayList<>();
        for (String id : ids) {
            if (InsideIds.isInside(id) == inside) {
                String node = homes.node(id);
                (node == null ? mine : byNode.computeIfAbsent(node, n -> new ArrayList<>())).add(id);
            }
        }
        List<Part> parts = new ArrayList<>(byNode.size() + 1);
        if (!mine.isEmpty()) {
            parts.add(new Part(null, new Receivers(mine)));
        }
        byNode.forEach((node, there) -> parts.add(new Part(Objects.requireNonNull(node), new Receivers(there))));
        return parts;
    }
}
