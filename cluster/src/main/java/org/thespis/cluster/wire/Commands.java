package org.thespis.cluster.wire;

import org.thespis.api.ActorRequest;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.runtime.message.Command;

/** Commands as fields and back. Any thread. */
final class Commands {

    private Commands() {}

    static Fields write(Command command) {
        Fields fields = Fields.empty().put("to", command.clientId());
        if (command instanceof Command.Call call) {
            return call(fields.put("k", "call"), call);
        }
        if (command instanceof Command.CallOnce call) {
            return callOnce(fields.put("k", "once"), call);
        }
        if (command instanceof Command.Connect connect) {
            return fields.put("k", "connect")
                    .put("p", Plain.write(connect.parameters()))
                    .put("caller", Parts.caller(connect.caller()))
                    .put("request", Parts.request(connect.request()));
        }
        if (command instanceof Command.Disconnect) {
            return fields.put("k", "disconnect");
        }
        if (command instanceof Command.End end) {
            return fields.put("k", "end").put("error", Parts.error(end.why()));
        }
        if (command instanceof Command.Subscribe subscribe) {
            return fields.put("k", "subscribe").put("e", subscribe.event()).put("on", subscribe.on());
        }
        if (command instanceof Command.Renew renew) {
            return fields.put("k", "renew").put("caller", Parts.caller(renew.caller()));
        }
        if (command instanceof Command.Request request) {
            return request(fields.put("k", "request"), request);
        }
        if (command instanceof Command.OpenSocket open) {
            return fields.put("k", "open")
                    .put("p", Plain.write(open.parameters()))
                    .put("caller", Parts.caller(open.caller()))
                    .put("path", open.path())
                    .put("query", open.query())
                    .put("request", Parts.request(open.request()));
        }
        if (command instanceof Command.SocketMessage message) {
            return Sockets.message(fields.put("k", "message"), message.message())
                    .put("counted", message.counted());
        }
        Close close = ((Command.SocketClosed) command).close();
        return fields.put("k", "closed").put("code", close.code()).put("reason", close.reason());
    }

    private static Fields call(Fields fields, Command.Call call) {
        return fields.put("id", call.requestId())
                .put("a", call.action())
                .put("args", Plain.write(call.arguments()))
                .put("key", call.idempotencyKey());
    }

    private static Fields callOnce(Fields fields, Command.CallOnce call) {
        return fields.put("p", Plain.write(call.parameters()))
                .put("caller", Parts.caller(call.caller()))
                .put("a", call.action())
                .put("args", Plain.write(call.arguments()))
                .put("key", call.idempotencyKey())
                .put("chain", Parts.chain(call.chain()))
                .put("request", Parts.request(call.request()));
    }

    private static Fields request(Fields fields, Command.Request request) {
        ActorRequest http = request.request();
        return fields.put("p", Plain.write(request.parameters()))
                .put("caller", Parts.caller(request.caller()))
                .put("method", http.method())
                .put("path", http.path())
                .put("query", http.query())
                .put("headers", http.headers())
                .put("body", http.body())
                .put("request", Parts.request(request.head()));
    }

    static Command read(Fields fields) throws MalformedMessageException {
        String client = fields.text("to");
        return switch (fields.text("k")) {
            case "call" -> new Command.Call(
                    client,
                    fields.number("id"),
                    fields.text("a"),
                    Plain.readList(fields.bytes("args")),
                    fields.textOrNull("key"));
            case "once" -> new Command.CallOnce(
                    client,
                    Plain.read(fields.bytes("p")),
                    Parts.caller(fields),
                    fields.text("a"),
                    Plain.readList(fields.bytes("args")),
                    fields.textOrNull("key"),
                    Parts.chain(fields),
                    Parts.request(fields));
            case "connect" -> new Command.Connect(
                    client, Plain.read(fields.bytes("p")), Parts.caller(fields), Parts.request(fields));
            case "disconnect" -> new Command.Disconnect(client);
            case "end" -> new Command.End(client, Parts.error(fields));
            case "subscribe" -> new Command.Subscribe(client, fields.text("e"), fields.flag("on"));
            case "renew" -> new Command.Renew(client, Parts.caller(fields));
            case "request" -> new Command.Request(
                    client, Plain.read(fields.bytes("p")), Parts.caller(fields), http(fields), Parts.request(fields));
            case "open" -> new Command.OpenSocket(
                    client,
                    Plain.read(fields.bytes("p")),
                    Parts.caller(fields),
                    fields.text("path"),
                    fields.listsByName("query"),
                    Parts.request(fields));
            case "message" -> new Command.SocketMessage(client, Sockets.message(fields), fields.smallNumber("counted"));
            case "closed" -> new Command.SocketClosed(
                    client, new Close(fields.smallNumber("code"), fields.textOrNull("reason")));
            default -> throw new MalformedMessageException("a command of an unknown kind");
        };
    }

    private static ActorRequest http(Fields fields) throws MalformedMessageException {
        return new ActorRequest(
                fields.text("method"),
                fields.text("path"),
                fields.listsByName("query"),
                fields.listsByName("headers"),
                fields.bytes("body"));
    }
}
