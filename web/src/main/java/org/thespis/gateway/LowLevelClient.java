package org.thespis.gateway;

import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.protocol.Frame;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A low-level WebSocket: messages pass as they are. */
final class LowLevelClient extends SocketClient {

    private final Addressee actor;

    LowLevelClient(Session session, Outbound outbound, Addressee actor, GatewaySettings settings) {
        super(session, outbound, settings);
        this.actor = actor;
    }

    @Override
    void text(String text) {
        heard();
        actor.ask(new Command.SocketMessage(id(), new Message.Text(text)));
    }

    @Override
    void binary(byte[] bytes) {
        heard();
        actor.ask(new Command.SocketMessage(id(), new Message.Binary(bytes)));
    }

    @Override
    void connectTimedOut() {
        refuse(ActorError.connectTimedOut());
    }

    @Override
    void closed(int code, String reason) {
        actor.ask(new Command.SocketClosed(id(), new Close(code, reason)));
    }

    @Override
    public Prepared prepare(Output output) {
        if (output instanceof Output.Opened) {
            accepted();
        } else if (output instanceof Output.SocketSent sent) {
            return prepare(sent.message());
        } else if (output instanceof Output.Closed closed) {
            return closing(closed);
        }
        return null;
    }

    private Prepared prepare(Message message) {
        Frame frame = frame(message);
        if (frame.size() > settings().maxOutgoing()) {
            ActorError error = Guard.outgoingTooLong(settings().maxOutgoing());
            return closing(new Output.Closed(id(), REFUSED, Errors.reason(error)));
        }
        return queueing(frame);
    }

    private static Frame frame(Message message) {
        if (message instanceof Message.Text text) {
            return new Frame.Text(text.text(), text.text().getBytes(StandardCharsets.UTF_8).length);
        }
        return new Frame.Binary(ByteBuffer.wrap(((Message.Binary) message).bytes()));
    }

    @Override
    public void encode(EncodedEvent event) {
        // events are for connections only
    }

    @Override
    public Runnable event(EncodedEvent event) {
        return null; // events are for connections only
    }
}
