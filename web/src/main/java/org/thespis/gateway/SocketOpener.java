package org.thespis.gateway;

import jakarta.websocket.Session;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;

/** Takes new WebSockets in: finds the actor that each is for, or closes it with the reason. */
final class SocketOpener {

    private static final int CANNOT_ACCEPT = 1003; // RFC 6455, section 7.4.1
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
        Outbound outbound = new Outbound(session, gateway.settings().maxQueued(), gateway.timer());
        try {
            return admit(session, outbound, handshake);
        } catch (ActorException e) {
            boolean unsupported = e.error().code().equals("unsupported_websocket_encoding");
            outbound.close(unsupported ? CANNOT_ACCEPT : SocketClient.REFUSED, Errors.reason(e.error()));
            return null;
        }
    }

    private SocketClient admit(Session session, Outbound outbound, Handshake handshake) {
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
        Addressee actor = new Addressee(relay, gateway.registry(), address.resolve(relay));
        if (lowLevel) {
            String subPath = path.rest().isEmpty() ? ROOT_PATH : QueryString.decode(path.rest(), false);
            LowLevelClient client = new LowLevelClient(session, outbound, actor, settings);
            gateway.registry().add(client);
            actor.ask(new Command.OpenSocket(client.id(), parameters, handshake.caller(), subPath, query.ofCaller()));
            return client;
        }
        ConnectionClient client = new ConnectionClient(session, outbound, actor, codec, settings);
        gateway.registry().add(client);
        actor.ask(new Command.Connect(client.id(), parameters, handshake.caller()));
        return client;
    }
}
