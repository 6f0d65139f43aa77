package org.thespis.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.protocol.Frame;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A low-level WebSocket: messages pass as they are. */
final class LowLevelClient extends SocketClient {

    /** Smaller messages are bounded in number by the actor. */
    private static final int LARGE = 4_096;

    private final Addressee actor;

    LowLevelClient(SocketLine line, Addressee actor, GatewaySettings settings) {
        super(line, settings);
        this.actor = actor;
    }

    @Override
    void text(String text, int size) {
        hand(new Message.Text(text), size);
    }

    @Override
    void binary(byte[] bytes) {
        hand(new Message.Binary(bytes), bytes.length);
    }

    private void hand(Message message, int size) {
        if (!mayCome()) {
            return;
        }
        int counted = size > LARGE ? size : 0;
        try {
            place().take(counted); // until the actor says that it has taken it in, or closes the socket
        } catch (ActorException e) {
            refuse(e.error());
            return;
        }
        actor.ask(new Command.SocketMessage(id(), message, counted));
    }

    @Override
    void askForEnd(Command.End command) {
        actor.ask(command);
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
        } else if (output instanceof Output.SocketTaken taken) {
            place().give(taken.counted());
        } else if (output instanceof Output.SocketSent sent) {
            return prepare(sent.message());
        } else if (output instanceof Output.Closed closed) {
            return closing(closed);
        }
        return null;
    }

    private Prepared prepare(Message message) {
        Frame frame = frame(message);
        if (frame.size() > settings().sizes().outgoing()) {
            ActorError error = GatewayErrors.outgoingTooLong(settings().sizes().outgoing());
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
}
