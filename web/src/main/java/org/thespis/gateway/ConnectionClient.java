package org.thespis.gateway;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.Frame;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A connection for actions and events. */
final class ConnectionClient extends SocketClient {

    private static final Logger LOG = System.getLogger(ConnectionClient.class.getName());

    private final Addressee actor;
    private final WireCodec codec;

    ConnectionClient(Session session, Outbound outbound, Addressee actor, WireCodec codec, GatewaySettings settings) {
        super(session, outbound, settings);
        this.actor = actor;
        this.codec = codec;
    }

    @Override
    void text(String text) {
        int max = settings().maxIncoming();
        // a text of n characters has n to 3n bytes: most need no counting
        if (text.length() > max || text.length() > max / 3 && text.getBytes(StandardCharsets.UTF_8).length > max) {
            refuse(Guard.incomingTooLong(max).error());
            return;
        }
        receive(text, null);
    }

    @Override
    void binary(byte[] bytes) {
        if (bytes.length > settings().maxIncoming()) {
            refuse(Guard.incomingTooLong(settings().maxIncoming()).error());
            return;
        }
        receive(null, bytes);
    }

    /** One of both is null. */
    private void receive(String text, byte[] bytes) {
        heard();
        try {
            ClientMessage message = text == null ? codec.decode(bytes) : codec.decode(text);
            actor.ask(command(message));
        } catch (MalformedMessageException e) {
            refuse(Guard.invalidRequest(e.getMessage()).error());
        } catch (ActorException e) {
            refuse(e.error());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a message could not be handled", e);
            refuse(ActorError.internal());
        }
    }

    private Command command(ClientMessage message) {
        if (message instanceof ActionRequest request) {
            checkName(request.name());
            return new Command.Call(id(), request.id(), request.name(), request.arguments());
        }
        SubscriptionRequest request = (SubscriptionRequest) message;
        checkName(request.eventName());
        return new Command.Subscribe(id(), request.eventName(), request.subscribe());
    }

    private void checkName(String name) {
        int max = settings().maxNameSize();
        if (name.length() > max || name.length() > max / 3 && name.getBytes(StandardCharsets.UTF_8).length > max) {
            throw Guard.nameTooLong(max);
        }
    }

    @Override
    void connectTimedOut() {
        ActorError error = ActorError.connectTimedOut();
        outbound().send(failure(error, null, null));
        refuse(error);
    }

    @Override
    void closed(int code, String reason) {
        actor.ask(new Command.Disconnect(id()));
    }

    @Override
    public Prepared prepare(Output output) {
        if (output instanceof Output.Reply reply) {
            return queueing(reply(reply));
        }
        if (output instanceof Output.Failed failed) {
            return queueing(failure(failed.error(), failed.origin(), failed.requestId()));
        }
        if (output instanceof Output.Opened opened) {
            accepted();
            return queueing(codec.encode(new ServerMessage.Init(opened.actorId(), opened.clientId())));
        }
        return output instanceof Output.Closed closed ? closing(closed) : null;
    }

    private Frame reply(Output.Reply reply) {
        try {
            Frame frame = codec.encode(new ServerMessage.ActionResponse(reply.requestId(), reply.result()));
            return frame.size() > settings().maxOutgoing()
                    ? failure(Guard.outgoingTooLong(settings().maxOutgoing()), null, reply.requestId())
                    : frame;
        } catch (UnencodableException e) {
            return failure(Guard.unencodable(e), null, reply.requestId());
        }
    }

    /** Without its metadata if those cannot be carried. */
    private Frame failure(ActorError error, Output.Origin origin, Long requestId) {
        try {
            return codec.encode(new ServerMessage.Failure(Errors.detail(error, origin), requestId));
        } catch (UnencodableException e) {
            return codec.encode(new ServerMessage.Failure(Errors.detail(Guard.unencodable(e), origin), requestId));
        }
    }

    @Override
    public void encode(EncodedEvent event) {
        event.frame(codec);
    }

    @Override
    public Runnable event(EncodedEvent event) {
        Frame frame = event.frame(codec);
        if (frame.size() > settings().maxOutgoing()) {
            refuse(Guard.outgoingTooLong(settings().maxOutgoing()));
            return null;
        }
        return queue(frame);
    }
}
