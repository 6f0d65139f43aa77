package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Socket.IO, protocol 5, over WebSockets of Engine.IO, protocol 4: frames of text whose first letter is the kind of Engine.IO, and the
 * second one, in messages, that of Socket.IO. One that was let in is greeted.
 */
final class SocketIo implements Manners {

    private static final int OPEN = '0';
    private static final int PING = '2';
    private static final int MESSAGE = '4';
    private static final int CONNECT = '0';
    private static final int EVENT = '2';
    private static final int ACK = '3';
    private static final ByteBuf CONNECTING = Frames.text("40");
    private static final ByteBuf PONG = Frames.text("3");
    private static final Peer.Mark ANSWER = new Peer.Mark(1, ACK);

    /**
     * A server of Socket.IO.
     *
     * @param query of its address; may be empty
     * @param acknowledged whether a call is answered
     * @param argument text of JSON
     */
    static Peer peer(Host host, String query, String event, String argument, boolean acknowledged) {
        String call = "42" + (acknowledged ? "1" : "") + "[\"" + event + "\"," + argument + "]";
        String path = "/socket.io/?EIO=4&transport=websocket" + query;
        return new Peer(
                i -> new Line.Address(host.name(), host.port(), path, null),
                Frames.text(call),
                null,
                true,
                acknowledged ? ANSWER : Peer.Mark.ANY,
                new SocketIo());
    }

    @Override
    public boolean take(Line line, ByteBuf payload, int index, int length) {
        int kind = length == 0 ? 0 : payload.getByte(index);
        switch (kind) {
            case OPEN -> line.send(CONNECTING);
            case PING -> line.send(PONG);
            case MESSAGE -> {
                if (!isExpected(length < 2 ? 0 : payload.getByte(index + 1))) {
                    throw unexpected(payload, index, length);
                }
                return false;
            }
            default -> throw unexpected(payload, index, length);
        }
        return true;
    }

    private static boolean isExpected(int kind) {
        return kind == CONNECT || kind == EVENT || kind == ACK;
    }

    private static IllegalStateException unexpected(ByteBuf payload, int index, int length) {
        return new IllegalStateException("Socket.IO said " + payload.toString(index, length, StandardCharsets.UTF_8));
    }
}
