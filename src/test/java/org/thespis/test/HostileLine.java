package org.thespis.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A line of TCP to the server on which anything is sent, from an address of its own: on Linux all of 127.0.0.0/8 is this
 * machine. What is sent after the server has hung up is lost in silence.
 */
final class HostileLine implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String ADDRESS = "127.0.0.2";
    private static final int SMALL_BUFFER = 2_048;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MASK = 0x80;
    private static final int FINAL = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final Socket socket = new Socket();
    private String early = ""; // what came together with the answer to the handshake

    /** @param reads whether the line has room for what comes although nobody reads */
    HostileLine(int port, boolean reads) throws IOException {
        if (!reads) {
            socket.setReceiveBufferSize(SMALL_BUFFER);
        }
        socket.bind(new InetSocketAddress(ADDRESS, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
    }

    HostileLine(int port) throws IOException {
        this(port, true);
    }

    /** A WebSocket, open when the server has agreed. */
    static HostileLine webSocket(int port, String path) throws IOException {
        HostileLine line = new HostileLine(port);
        line.send(upgrade(port, path));
        String answer = line.await(END_OF_HEAD, 10_000);
        int end = answer.indexOf(END_OF_HEAD);
        line.early = end < 0 ? "" : answer.substring(end + END_OF_HEAD.length());
        return line;
    }

    static String upgrade(int port, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Protocol: rivet, rivet_encoding.json\r\n\r\n";
    }

    HostileLine send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @return this; what cannot be sent any more is not */
    HostileLine send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // the server has hung up: whether it should have, what was read tells
        }
        return this;
    }

    /** Sends a frame with a mask of zeros. */
    HostileLine frame(int opcode, boolean last, byte[] payload) {
        return send(frame(opcode, last, payload.length, payload));
    }

    /** A frame that says it has so many bytes. */
    static byte[] frame(int opcode, boolean last, int length, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (opcode | (last ? FINAL : 0)));
        if (length < TWO_BYTES) {
            frame.put((byte) (length | MASK));
        } else if (length <= 0xffff) {
            frame.put((byte) (TWO_BYTES | MASK)).putShort((short) length);
        } else {
            frame.put((byte) (EIGHT_BYTES | MASK)).putLong(length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Nothing more will be sent. */
    HostileLine end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // the server has hung up
        }
        return this;
    }

    /** Reads until a text comes, the end, or the time is over; what has come. */
    String await(String wanted, int millis) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        heard.writeBytes(early.getBytes(StandardCharsets.ISO_8859_1));
        boolean isThere = early.contains(wanted);
        early = "";
        if (isThere) {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[8_192];
        try {
            for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                socket.setSoTimeout((int) left);
                int count = in.read(chunk);
                if (count < 0) {
                    break;
                }
                heard.write(chunk, 0, count);
                if (heard.toString(StandardCharsets.ISO_8859_1).contains(wanted)) {
                    break;
                }
            }
        } catch (SocketTimeoutException | SocketException e) {
            // what has come is the answer
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
