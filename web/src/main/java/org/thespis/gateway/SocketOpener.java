package org.thespis.gateway;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.ActorException;
import org.thespis.runtime.Command;
import org.thespis.runtime.Relay;

/** Takes new WebSockets in: finds the actor that each is for, or closes it with the reason. */
final class SocketOpener {

    private static final Logger LOG = System.getLogger(SocketOpener.class.getName());
    private static final String ROOT_PATH = "/";

    private final Gateway gateway;

    SocketOpener(Gateway gateway) {
        this.gateway = gateway;
    }

    /** @return the client behind the session, or null if it was refused */
    SocketClient open(Session session) {
        session.setMaxIdleTimeout(0); // our own pings find dead lines
        int buffer =
                Math.max(gateway.settings().maxIncoming(), gateway.settings().maxOutgoing());
        session.setMaxTextMessageBufferSize(buffer);
        session.setMaxBinaryMessageBufferSize(buffer);
        Handshake handshake = (Handshake) session.getUserProperties().get(HandshakeConfigurator.KEY);
        try {
            return admit(session, handshake);
        } catch (ActorException e) {
            close(session, e);
            return null;
        }
    }

    private SocketClient admit(Session session, Handshake handshake) {
        GatewaySettings settings = gateway.settings();
        Origins.check(handshake, settings);
        GatewayPath path = GatewayPath.parse(handshake.path());
        boolean lowLevel = path.kind().equals("websocket");
        if (!lowLevel && !(path.kind().equals("connect") && path.rest().isEmpty())) {
            throw Guard.noRoute();
        }
        if (!handshake.protocols().contains(Handshake.PROTOCOL)) {
            throw Guard.missingHeader();
        }
        WireCodec codec = handshake.codec();
        Object parameters = handshake.parameters(settings);
        QueryString query = QueryString.parse(handshake.query());
        ActorAddress address = ActorAddress.parse(path.target(), query, settings);
        Relay relay = gateway.relay();
        String actorId = address.resolve(relay);
        if (lowLevel) {
            String subPath = path.rest().isEmpty() ? ROOT_PATH : QueryString.decode(path.rest(), false);
            LowLevelClient client = new LowLevelClient(session, relay, actorId, settings);
            gateway.registry().add(client);
            relay.ask(
                    actorId,
                    new Command.OpenSocket(client.id(), parameters, handshake.caller(), subPath, query.ofCaller()));
            return client;
        }
        ConnectionClient client = new ConnectionClient(session, relay, actorId, codec, settings);
        gateway.registry().add(client);
        relay.ask(actorId, new Command.Connect(client.id(), parameters, handshake.caller()));
        return client;
    }

    private static void close(Session session, ActorException refusal) {
        boolean unsupported = refusal.error().code().equals("unsupported_websocket_encoding");
        try {
            session.close(new CloseReason(
                    unsupported ? CloseCodes.CANNOT_ACCEPT : CloseCodes.UNEXPECTED_CONDITION,
                    Errors.reason(refusal.error())));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "session was closed already", e);
        }
    }
}
