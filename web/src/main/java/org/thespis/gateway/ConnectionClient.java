package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.thespis.gateway.Callers.Known;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewaySettings;
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
import org.thespis.runtime.turn.Mailbox;

/** A connection for actions and events. */
final class ConnectionClient extends SocketClient implements Renewal.Owner {

    private static final Logger LOG = System.getLogger(ConnectionClient.class.getName());

    private final Addressee actor;
    private final WireCodec codec;
    private final Renewal renewal;
    private final WaitingCalls waiting;

    /** @param renewal null if the client does not know how to */
    ConnectionClient(SocketLine line, Addressee actor, WireCodec codec, GatewaySettings settings, Renewal renewal) {
        super(line, settings);
        this.renewal = renewal;
        this.actor = actor;
        this.codec = codec;
        this.waiting = new WaitingCalls(line.place());
    }

    @Override
    void text(String text, int size) {
        receive(text, null, size);
    }

    @Override
    void binary(byte[] bytes) {
        receive(null, bytes, bytes.length);
    }

    /** One of both is null. */
    private void receive(String text, byte[] bytes, int size) {
        if (!mayCome()) {
            return;
        }
        try {
            ClientMessage message = text == null ? codec.decode(bytes) : codec.decode(text);
            if (message instanceof ClientMessage.Token fresh) {
                renew(fresh.token());
                return;
            }
            Command command = command(message);
            if (command instanceof Command.Call call) {
                waiting.begins(call.requestId(), size);
            }
            actor.ask(command);
        } catch (MalformedMessageException e) {
            refuse(GatewayErrors.invalidRequest(e.getMessage()).error());
        } catch (ActorException e) {
            refuse(e.error());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a message could not be handled", e);
            refuse(ActorError.internal());
        }
    }

    private void renew(String token) {
        if (renewal == null || !isAccepted()) {
            throw GatewayErrors.invalidRequest("a token that nobody has asked for");
        }
        renewal.take(token, this);
    }

    /** Queued: a hook of the author's that is asked of subscriptions must not hold up the checks of others. */
    @Override
    public void renewed(Known fresh) {
        Mailbox.withoutTurns(() -> actor.ask(new Command.Renew(id(), fresh.caller())));
    }

    @Override
    public void tellRenewed() {
        Frame ends = tokenEnds();
        if (ends != null) {
            outbound().send(ends);
        }
    }

    @Override
    public void notRenewed(ActorError why) {
        outbound().send(failure(codec, why, null, null));
    }

    @Override
    public void ends(ActorError why) {
        refuse(why);
    }

    /** Null for a client that knows nothing of it, and for one that has no end. */
    private Frame tokenEnds() {
        Long left = renewal == null ? null : standing().leftMillis();
        return left == null ? null : codec.encode(new ServerMessage.TokenEnds(left));
    }

    private Command command(ClientMessage message) {
        if (message instanceof ActionRequest request) {
            checkName(request.name());
            checkKey(request.key());
            return new Command.Call(id(), request.id(), request.name(), request.arguments(), request.key());
        }
        SubscriptionRequest request = (SubscriptionRequest) message;
        checkName(request.eventName());
        return new Command.Subscribe(id(), request.eventName(), request.subscribe());
    }

    private void checkName(String name) {
        int max = settings().sizes().name();
        if (name.length() > max || name.length() > max / 3 && name.getBytes(StandardCharsets.UTF_8).length > max) {
            throw GatewayErrors.nameTooLong(max);
        }
    }

    private void checkKey(String key) {
        if (key != null && (key.isBlank() || key.length() > settings().sizes().name())) {
            throw GatewayErrors.invalidRequest("the key of a call is blank or too long");
        }
    }

    @Override
    void askForEnd(Command.End command) {
        actor.ask(command);
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
            waiting.ends(reply.requestId());
            return queueing(reply(reply));
        }
        if (output instanceof Output.Failed failed) {
            if (failed.requestId() != null) {
                waiting.ends(failed.requestId());
            }
            return queueing(failure(failed.error(), failed.origin(), failed.requestId()));
        }
        if (output instanceof Output.Opened opened) {
            accepted();
            return opening(codec.encode(new ServerMessage.Init(opened.actorId(), opened.clientId())));
        }
        return output instanceof Output.Closed closed ? closing(closed) : null;
    }

    private Prepared opening(Frame init) {
        Frame ends = tokenEnds();
        return () -> {
            Runnable first = queue(init);
            Runnable second = ends == null ? null : queue(ends);
            return first == null ? second : first;
        };
    }

    private Frame reply(Output.Reply reply) {
        try {
            Frame frame = codec.encode(new ServerMessage.ActionResponse(reply.requestId(), reply.result()));
            return frame.size() > settings().sizes().outgoing()
                    ? failure(GatewayErrors.outgoingTooLong(settings().sizes().outgoing()), null, reply.requestId())
                    : frame;
        } catch (UnencodableException e) {
            return failure(ActorError.unencodable(e.getMessage()), null, reply.requestId());
        }
    }

    private Frame failure(ActorError error, Output.Origin origin, Long requestId) {
        return failure(codec, error, origin, requestId);
    }

    /** The frame of an error, without its metadata if those cannot be carried. */
    static Frame failure(WireCodec codec, ActorError error, Output.Origin origin, Long requestId) {
        try {
            return codec.encode(new ServerMessage.Failure(Errors.detail(error, origin), requestId));
        } catch (UnencodableException e) {
            return codec.encode(new ServerMessage.Failure(
                    Errors.detail(ActorError.unencodable(e.getMessage()), origin), requestId));
        }
    }

    @Override
    public void encode(EncodedEvent event) {
        event.frame(codec);
    }

    @Override
    public Runnable event(EncodedEvent event) {
        Frame frame = event.frame(codec);
        if (frame.size() > settings().sizes().outgoing()) {
            refuse(GatewayErrors.outgoingTooLong(settings().sizes().outgoing()));
            return null;
        }
        return outbound().queueShared(frame) ? outbound() : null;
    }
}
