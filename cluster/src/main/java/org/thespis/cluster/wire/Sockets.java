package org.thespis.cluster.wire;

import org.thespis.api.ActorWebSocket.Message;
import org.thespis.protocol.MalformedMessageException;

/** Messages of low-level WebSockets. A text may hold half a surrogate pair, which UTF-8 does not: such a one is refused. */
final class Sockets {

    private Sockets() {}

    static Fields message(Fields fields, Message message) {
        return message instanceof Message.Text text
                ? fields.put("text", text.text())
                : fields.put("binary", ((Message.Binary) message).bytes());
    }

    static Message message(Fields fields) throws MalformedMessageException {
        return fields.has("text") ? new Message.Text(fields.text("text")) : new Message.Binary(fields.bytes("binary"));
    }
}
