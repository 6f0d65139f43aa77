package org.thespis.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.Frame;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Init;
import org.thespis.protocol.WireCodec;

/** The server's end of one WebSocket, by hand. */
final class StubLine {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final StubServer.Request request;

    StubLine(Socket socket, StubServer.Request request) {
        this.socket = socket;
        this.request = request;
    }

    StubServer.Request request() {
        return request;
    }

    List<String> protocols() {
        return Arrays.stream(request.headers()
                        .getOrDefault("sec-websocket-protocol", "")
                        .split(","))
                .map(String::strip)
                .toList();
    }

    WireCodec codec() {
        return protocols().stream()
                .filter(p -> p.startsWith("rivet_encoding."))
                .map(p -> WireCodec.of(p.substring("rivet_encoding.".length())).orElseThrow())
                .findFirst()
                .orElse(WireCodec.JSON);
    }

    /** Answers the upgrade. */
    StubLine accept() throws IOException {
        return accept("\r\nSec-WebSocket-Protocol: rivet");
    }

    StubLine accept(String moreHead) throws IOException {
        raw(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + key() + moreHead + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private String key() {
        try {
            String text = request.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    StubLine init() throws IOException {
        return send(new Init("actor-1", "connection-1"));
    }

    StubLine send(ServerMessage message) throws IOException {
        Frame frame = codec().encode(message);
        if (frame instanceof Frame.Text text) {
            return frame(TEXT, text.text().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer bytes = ((Frame.Binary) frame).bytes().duplicate();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return frame(BINARY, copy);
    }

    StubLine event(String name, Object... arguments) throws IOException {
        return send(new Event(name, Arrays.asList(arguments)));
    }

    StubLine answer(ActionRequest call, Object output) throws IOException {
        return send(new ActionResponse(call.id(), output));
    }

    StubLine close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] body = ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
        return frame(CLOSE, body);
    }

    StubLine frame(int opcode, byte[] payload) throws IOException {
        raw(framed(opcode, payload));
        return this;
    }

    static byte[] framed(int opcode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    void raw(byte[] bytes) throws IOException {
        synchronized (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }
    }

    /** The next message; null at the end of the line. Answers pings. */
    ClientMessage read() throws IOException, MalformedMessageException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int opcode;
            byte[] payload;
            try {
                opcode = in.readUnsignedByte() & 0xf;
                payload = payload(in);
            } catch (EOFException e) {
                return null;
            }
            switch (opcode) {
                case TEXT -> {
                    return codec().decode(new String(payload, StandardCharsets.UTF_8));
                }
                case BINARY -> {
                    return codec().decode(payload);
                }
                case PING -> frame(PONG, payload);
                case CLOSE -> {
                    return null;
                }
                default -> {} // a pong
            }
        }
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    ActionRequest call() throws IOException, MalformedMessageException {
        return (ActionRequest) read();
    }

    /** Reads and forgets until the client leaves. */
    void drain() throws IOException, MalformedMessageException {
        while (read() != null) {
            Thread.onSpinWait();
        }
    }

    /** Does nothing more until the client cuts the line. */
    void wait(StubServer server) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            Thread.onSpinWait();
        }
    }
}
