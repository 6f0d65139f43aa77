package org.thespis.gateway;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.thespis.gateway.admission.ActorAddress;
import org.thespis.gateway.admission.Admitted;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewayPath;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.GatewaySettings.Sizes;
import org.thespis.gateway.admission.Place;
import org.thespis.gateway.admission.Purpose;
import org.thespis.gateway.admission.QueryString;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.PackedRequest;

/** Takes new WebSockets in: finds the actor that each is for, or closes it with the reason. */
final class SocketOpener {

    private static final Logger LOG = System.getLogger(SocketOpener.class.getName());

    private static final int CANNOT_ACCEPT = 1003; // RFC 6455, section 7.4.1

    /** A client that was refused and does not hang up is cut off then. */
    private static final long REFUSED_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final GatewayServices gateway;
    private final GatewaySettings settings;

    SocketOpener(GatewayServices gateway) {
        this.gateway = gateway;
        this.settings = gateway.settings();
    }

    /**
     * Takes in the client behind a session.
     *
     * @param intake through which what it sends comes
     * @param known told who it is before its actor is, as the session may end from then on; not if it was refused
     */
    void open(Session session, Intake intake, Consumer<SocketClient> known) {
        session.setMaxIdleTimeout(0); // our own pings find dead lines
        buffer(session, settings.sizes());
        Handshake handshake = HandshakeConfigurator.take(session);
        Place place;
        try {
            place = visit(handshake).quota().connect();
        } catch (ActorException e) {
            refuse(session, e);
            return;
        }
        boolean taken = false;
        try {
            taken = admit(session, intake, handshake, place, known);
        } catch (ActorException e) {
            refuse(session, e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a WebSocket could not be taken in", e);
            refuse(session, new ActorException(ActorError.internal()));
        } finally {
            if (!taken) {
                place.close();
            }
        }
    }

    private static void buffer(Session session, Sizes sizes) {
        int buffer = Math.max(sizes.lowLevelIncoming(), Math.max(sizes.incoming(), sizes.outgoing()));
        session.setMaxTextMessageBufferSize(buffer);
        session.setMaxBinaryMessageBufferSize(buffer);
    }

    private static Visit visit(Handshake handshake) {
        if (handshake.visit() == null) {
            throw GatewayErrors.noRoute();
        }
        return handshake.visit().require();
    }

    private void refuse(Session session, ActorException reason) {
        refuse(session, new Outbound(session, 0, gateway.timer()), reason.error());
    }

    static void refuse(Session session, Outbound outbound, ActorError reason) {
        session.setMaxIdleTimeout(REFUSED_MILLIS);
        boolean unsupported = reason.reason().equals("actor.unsupported_websocket_encoding");
        outbound.close(unsupported ? CANNOT_ACCEPT : SocketClient.REFUSED, Errors.reason(reason));
    }

    /** @return false if the actor refused the client, which has been told */
    private boolean admit(
            Session session, Intake intake, Handshake handshake, Place place, Consumer<SocketClient> known) {
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
        Admitted admitted =
                gateway.admission().admit(visit.head(), visit.page(), visit.quota(), address, purpose, relay);

        GatewaySettings ofType = settings.of(relay.limits(admitted.type()));
        if (ofType != settings) {
            buffer(session, ofType.sizes());
        }
        Object input = admitted.input();
        place.take(visit.request().length()); // until its end
        Outbound outbound = new Outbound(session, place, ofType.sizes().queued(), gateway.timer());
        try {
            Duration patience = relay.connectTimeout(admitted.type());
            SocketLine line =
                    new SocketLine(session, outbound, place, Standing.of(visit.known()), visit.login(), patience);
            String actorId = actor(admitted, input, line, parameters, lowLevel ? null : codec, visit.request());
            if (actorId == null) {
                return false;
            }
            Addressee actor = new Addressee(relay, gateway.registry(), actorId, intake);
            SocketClient client = lowLevel
                    ? new LowLevelClient(line, actor, ofType)
                    : new ConnectionClient(line, actor, codec, ofType, renewal(handshake, line));
            if (line.login() != null) {
                line.login().add(client);
            }
            gateway.registry().add(client);
            known.accept(client);
            actor.ask(
                    lowLevel
                            ? new Command.OpenSocket(
                                    client.id(),
                                    parameters,
                                    admitted.caller(),
                                    path.subPath(),
                                    query.ofCaller(),
                                    visit.request())
                            : new Command.Connect(client.id(), parameters, admitted.caller(), visit.request()));
            if (client.origins().anyMatch(gateway.tokens()::isLoggedOut)) { // while it was being let in
                client.loggedOut();
            }
            return true;
        } finally {
            outbound.opened();
        }
    }

    /** Null if the client does not renew its tokens. */
    private Renewal renewal(Handshake handshake, SocketLine line) {
        return handshake.protocols().contains(Renewal.OFFER)
                ? new Renewal(gateway.renewals(), handshake.visit().request(), line.standing())
                : null;
    }

    /**
     * The actor's id, once there is one; null if it did not want this client or could not be created.
     *
     * @param codec for the error that a connection is told before its end; null for a low-level WebSocket
     */
    private String actor(
            Admitted admitted,
            Object input,
            SocketLine line,
            Object parameters,
            WireCodec codec,
            PackedRequest request) {
        try {
            return admitted.actor(gateway.relay(), input, line.clientId(), parameters, request);
        } catch (ActorException e) {
            if (codec != null) {
                line.outbound().send(ConnectionClient.failure(codec, e.error(), null, null));
            }
            refuse(line.session(), line.outbound(), e.error());
            return null;
        }
    }
}
