package org.thespis.gateway;

import jakarta.websocket.Session;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.admission.ActorAddress;
import org.thespis.gateway.admission.Admitted;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewayPath;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.Place;
import org.thespis.gateway.admission.Purpose;
import org.thespis.gateway.admission.QueryString;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;

/** Takes new WebSockets in: finds the actor that each is for, or closes it with the reason. */
final class SocketOpener {

    private static final int CANNOT_ACCEPT = 1003; // RFC 6455, section 7.4.1

    /** A client that was refused and does not hang up is cut off then. */
    private static final long REFUSED_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final GatewayServices gateway;
    private final GatewaySettings settings;

    SocketOpener(GatewayServices gateway) {
        this.gateway = gateway;
        this.settings = gateway.settings();
    }

    /** @return the client behind the session, or null if it was refused */
    SocketClient open(Session session) {
        session.setMaxIdleTimeout(0); // our own pings find dead lines
        int buffer = Math.max(
                settings.sizes().lowLevelIncoming(),
                Math.max(settings.sizes().incoming(), settings.sizes().outgoing()));
        session.setMaxTextMessageBufferSize(buffer);
        session.setMaxBinaryMessageBufferSize(buffer);
        Handshake handshake = (Handshake) session.getUserProperties().get(HandshakeConfigurator.KEY);
        Place place = null;
        try {
            place = visit(handshake).quota().connect();
            return admit(session, handshake, place);
        } catch (ActorException e) {
            if (place != null) {
                place.close();
            }
            refuse(session, e);
            return null;
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private static Visit visit(Handshake handshake) {
        if (handshake.visit() == null) {
            throw GatewayErrors.noRoute();
        }
        return handshake.visit().require();
    }

    private void refuse(Session session, ActorException reason) {
        session.setMaxIdleTimeout(REFUSED_MILLIS);
        boolean unsupported = reason.error().code().equals("unsupported_websocket_encoding");
        new Outbound(session, 0, gateway.timer())
                .close(unsupported ? CANNOT_ACCEPT : SocketClient.REFUSED, Errors.reason(reason.error()));
    }

    private SocketClient admit(Session session, Handshake handshake, Place place) {
        Visit visit = handshake.visit();
        GatewayPath path = GatewayPath.parse(visit.path());
        boolean lowLevel = path.kind().equals("websocket");
        if (!lowLevel && !(path.kind().equals("connect") && path.rest().isEmpty())) {
            throw GatewayErrors.noRoute();
        }
        if (!handshake.protocols().contains(Handshake.PROTOCOL)) {
            throw GatewayErrors.missingHeader();
        }
        WireCodec codec = handshake.codec();
        Object parameters = handshake.parameters(settings);
        QueryString query = QueryString.parse(handshake.query());
        ActorAddress address = ActorAddress.parse(path.target(), query, settings);
        Purpose purpose = lowLevel ? new Purpose.Socket() : new Purpose.Connect();
        Relay relay = gateway.relay();
        Admitted admitted = gateway.admission().admit(visit.head(), visit.quota(), address, purpose, relay);

        SocketLine line = new SocketLine(
                session, new Outbound(session, place, settings.sizes().queued(), gateway.timer()), place);
        String actorId = admitted.actor(relay, line.clientId(), parameters);
        Addressee actor = new Addressee(relay, gateway.registry(), actorId);
        if (lowLevel) {
            LowLevelClient client = new LowLevelClient(line, actor, settings);
            gateway.registry().add(client);
            actor.ask(new Command.OpenSocket(
                    client.id(), parameters, admitted.caller(), path.subPath(), query.ofCaller()));
            return client;
        }
        ConnectionClient client = new ConnectionClient(line, actor, codec, settings);
        gateway.registry().add(client);
        actor.ask(new Command.Connect(client.id(), parameters, admitted.caller()));
        return client;
    }
}
