package org.thespis.gateway;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;
import org.thespis.gateway.admission.GatewaySettings.Sizes;
import org.thespis.runtime.message.ActorError;

/**
 * One session from its opening to its end: what comes over it reaches its client in order. On an event loop nothing is done that
 * may wait. Called by the threads of the server, for messages one at a time.
 */
final class Incoming {

    private final GatewayServices gateway;
    private final Session session;
    private final ToIntFunction<Sizes> maxBytes;
    private final Seat seat;
    private final Intake intake;

    private volatile SocketClient client; // null until it is known, and if it was refused
    private volatile MessageParts parts; // likewise

    /** @param maxBytes of a message */
    Incoming(GatewayServices gateway, Session session, ToIntFunction<Sizes> maxBytes) {
        this.gateway = gateway;
        this.session = session;
        this.maxBytes = maxBytes;
        this.seat = new Seat(gateway.registry());
        this.intake = new Intake(gateway.dispatcher(), this::refuse);
    }

    /** The session is there. Messages may come from now on. */
    void open() {
        if (intake.isOnLoop()) {
            intake.putOff(this::openNow);
        } else {
            openNow();
        }
    }

    private void openNow() {
        new SocketOpener(gateway).open(session, intake, known -> {
            parts = new MessageParts(known, maxBytes.applyAsInt(known.settings().sizes()));
            client = known;
            intake.counts(known.place());
        });
        seat.opened(client);
    }

    void text(String part, boolean last) {
        if (intake.mayPass()) {
            textNow(part, last);
        } else {
            intake.wait(part.length(), () -> textNow(part, last));
        }
    }

    private void textNow(String part, boolean last) {
        if (client != null) {
            parts.text(part, last);
        }
    }

    void binary(ByteBuffer part, boolean last) {
        if (intake.mayPass()) {
            binaryNow(part, last);
        } else {
            ByteBuffer mine = ByteBuffer.wrap(MessageParts.copy(part)); // the server's is used again
            intake.wait(mine.remaining(), () -> binaryNow(mine, last));
        }
    }

    private void binaryNow(ByteBuffer part, boolean last) {
        if (client != null) {
            parts.binary(part, last);
        }
    }

    void pong() {
        SocketClient known = client;
        if (known != null) {
            known.heard();
        }
    }

    void closed(CloseReason reason) {
        intake.last(() -> seat.closed(reason));
    }

    /** More has come than may wait. */
    private void refuse(ActorError why) {
        SocketClient known = client;
        if (known == null) {
            SocketOpener.refuse(session, new Outbound(session, 0, gateway.timer()), why);
        } else {
            known.refuse(why);
        }
    }
}
