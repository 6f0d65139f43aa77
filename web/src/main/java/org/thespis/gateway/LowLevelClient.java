package org.thespis.gateway;

import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.protocol.Frame;
import org.thespis.runtime.ActorError;
import org.thespis.runtime.Command;
import org.thespis.runtime.Output;
import org.thespis.runtime.Relay;

/** A low-level WebSocket: messages pass as they are. */
final class LowLevelClient extends SocketClient {

    private final Relay relay;
    private final String actorId;

    LowLevelClient(Session session, Outbound outbound, Relay relay, String actorId, GatewaySettings settings) {
        super(session, outbound, settings);
        this.relay = relay;
        this.actorId = actorId;
    }

    @Override
    void text(String text) {
        heard();
        relay.ask(actorId, new Command.SocketMessage(id(), new Message.Text(text)));
    }

    @Override
    void binary(byte[] bytes) {
        heard();
        relay.ask(actorId, new Command.SocketMessage(id(), new Message.Binary(bytes)));
    }

    @Override
    void connectTimedOut() {
        refuse(ActorError.connectTimedOut());
    }

    @Override
    void closed(int code, String reason) {
        relay.ask(actorId, new Command.SocketClosed(id(), new Close(code, reason)));
    }

    @Override
    public Runnable deliver(Output output) {
        if (output instanceof Output.Opened) {
            accepted();
        } else if (output instanceof Output.SocketSent sent) {
            return queue(sent.message());
        } else if (output instanceof Output.Closed closed) {
            outbound().close(closed.code(), closed.reason());
        }
        return null;
    }

    private Runnable queue(Message message) {
        Frame frame = frame(message);
        if (frame.size() > settings().maxOutgoing()) {
            ActorError error = Guard.outgoingTooLong(settings().maxOutgoing());
            refuse(error);
            return null;
        }
        return outbound().queue(frame) ? outbound() : null;
    }

    private static Frame frame(Message message) {
        if (message instanceof Message.Text text) {
            return new Frame.Text(text.text(), text.text().getBytes(StandardCharsets.UTF_8).length);
        }
        return new Frame.Binary(ByteBuffer.wrap(((Message.Binary) message).bytes()));
    }

    @Override
    public Runnable event(EncodedEvent event) {
        return null; // events are for connections only
    }
}
