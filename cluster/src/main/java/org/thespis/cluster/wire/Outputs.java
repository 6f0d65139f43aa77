package org.thespis.cluster.wire;

import java.util.List;
import org.thespis.api.ActorResponse;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Receivers;

/** Outputs as fields and back. Any thread. */
final class Outputs {

    private Outputs() {}

    static Fields write(Output output) {
        if (output instanceof Output.Event event) {
            return event(event.receivers(), event.name(), Plain.write(event.arguments()));
        }
        Fields fields = Fields.empty().put("to", ((Output.ToOne) output).clientId());
        if (output instanceof Output.Reply reply) {
            return fields.put("k", "reply").put("id", reply.requestId()).put("v", Plain.write(reply.result()));
        }
        if (output instanceof Output.Failed failed) {
            Output.Origin origin = failed.origin();
            return fields.put("k", "failed")
                    .put("id", failed.requestId())
                    .put("error", Parts.error(failed.error()))
                    .put("actor", origin == null ? null : origin.actorId())
                    .put("key", origin == null ? null : origin.key());
        }
        if (output instanceof Output.Opened opened) {
            return fields.put("k", "opened").put("actor", opened.actorId());
        }
        if (output instanceof Output.Closed closed) {
            return fields.put("k", "closed").put("code", closed.code()).put("reason", closed.reason());
        }
        if (output instanceof Output.Asked) {
            return fields.put("k", "asked");
        }
        if (output instanceof Output.Responded responded) {
            ActorResponse response = responded.response();
            return fields.put("k", "responded")
                    .put("status", response.status())
                    .put("headers", response.headers())
                    .put("body", response.body());
        }
        if (output instanceof Output.SocketTaken taken) {
            return fields.put("k", "taken").put("counted", taken.counted());
        }
        return Sockets.message(fields.put("k", "sent"), ((Output.SocketSent) output).message());
    }

    /** @param arguments as {@link Plain} writes them, once for all nodes */
    static Fields event(List<String> receivers, String name, byte[] arguments) {
        return Fields.empty()
                .put("k", "event")
                .put("to", receivers)
                .put("e", name)
                .put("args", arguments);
    }

    static Output read(Fields fields) throws MalformedMessageException {
        String kind = fields.text("k");
        if (kind.equals("event")) {
            return new Output.Event(
                    new Receivers(fields.texts("to")), fields.text("e"), Plain.readList(fields.bytes("args")));
        }
        String client = fields.text("to");
        return switch (kind) {
            case "reply" -> new Output.Reply(client, fields.number("id"), Plain.read(fields.bytes("v")));
            case "failed" -> new Output.Failed(
                    client,
                    fields.has("id") ? (Long) fields.number("id") : null,
                    Parts.error(fields),
                    fields.has("actor") ? new Output.Origin(fields.text("actor"), fields.textOrNull("key")) : null);
            case "opened" -> new Output.Opened(client, fields.text("actor"));
            case "closed" -> new Output.Closed(client, fields.smallNumber("code"), fields.textOrNull("reason"));
            case "asked" -> new Output.Asked(client);
            case "responded" -> new Output.Responded(
                    client,
                    new ActorResponse(
                            fields.smallNumber("status"), fields.textsByName("headers"), fields.bytes("body")));
            case "taken" -> new Output.SocketTaken(client, fields.smallNumber("counted"));
            case "sent" -> new Output.SocketSent(client, Sockets.message(fields));
            default -> throw new MalformedMessageException("an output of an unknown kind");
        };
    }
}
