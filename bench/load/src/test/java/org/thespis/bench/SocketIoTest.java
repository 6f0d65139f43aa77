package org.thespis.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketIoTest {

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws Exception {
        listening.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void whoIsLetInCallsAndAnswersPingsThatAreNoAnswers() throws Exception {
        CompletableFuture<Void> server = serve("40{\"sid\":\"b\"}");
        try (CallProbe probe = CallProbe.onEach(group, peer(), 1, 1)) {
            assertThat(probe.run(Duration.ofMillis(20)).nanos().getTotalCount()).isPositive();
        }
        server.join();
        assertThat(heard).startsWith("40", "421[\"echo\",\"x\"]", "3").containsOnlyOnce("40");
    }

    @Test
    void whoIsRefusedFails() {
        serve("44{\"message\":\"no\"}");
        assertThatThrownBy(() -> CallProbe.onEach(group, peer(), 1, 1)).hasStackTraceContaining("44{\"message\"");
        assertThatThrownBy(Faults::check).hasStackTraceContaining("44{\"message\"");
    }

    private Peer peer() {
        return SocketIo.peer(new Host("127.0.0.1", listening.getLocalPort()), "", "echo", "\"x\"", true);
    }

    /** Greets one client, and pings it before each answer; until it goes. */
    private CompletableFuture<Void> serve(String greeting) {
        return CompletableFuture.runAsync(() -> {
            try (Socket socket = listening.accept();
                    DataInputStream in = new DataInputStream(socket.getInputStream())) {
                OutputStream out = socket.getOutputStream();
                skipHeaders(in);
                out.write("HTTP/1.1 101 \r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                say(out, "0{\"sid\":\"a\",\"pingInterval\":25000}");
                hear(in);
                say(out, greeting);
                while (true) {
                    hear(in);
                    say(out, "2");
                    hear(in);
                    say(out, "431[\"x\"]");
                }
            } catch (IOException gone) {
                // the client is done
            }
        });
    }

    private static void skipHeaders(DataInputStream in) throws IOException {
        for (int last = 0; last != 0x0d0a0d0a; ) {
            last = last << 8 | in.readUnsignedByte();
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(0x80 | Frames.TEXT);
        out.write(text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void hear(DataInputStream in) throws IOException {
        in.skipNBytes(1);
        byte[] text = new byte[in.readUnsignedByte() & 0x7f];
        byte[] mask = in.readNBytes(4);
        in.readFully(text);
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i % 4];
        }
        heard.add(new String(text, StandardCharsets.US_ASCII));
    }
}
