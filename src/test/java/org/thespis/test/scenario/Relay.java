package org.thespis.test.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay of TCP before the server whose lines can be cut, or be deaf to what the server says. */
public final class Relay implements Closeable {

    private static final int CHUNK = 8_192;

    private final URI server;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refuses;
    private volatile boolean swallows;
    private volatile int opened;

    public Relay(URI server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept, "relay");
    }

    public URI address() {
        return URI.create("http://localhost:" + listening.getLocalPort());
    }

    /** Cuts all lines. */
    public void cut() {
        sockets.forEach(Relay::close);
    }

    /** From now on new lines are cut at once, or not any more. */
    public void refuse(boolean now) {
        refuses = now;
    }

    /** From now on what the server says gets lost, or not any more. */
    public void swallow(boolean now) {
        swallows = now;
    }

    /** Lines that were ever opened. */
    public int opened() {
        return opened;
    }

    /** Lines that are open. */
    public int open() {
        return sockets.size() / 2;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (refuses) {
                    close(client);
                } else {
                    opened++;
                    relay(client, new Socket(server.getHost(), server.getPort()));
                }
            } catch (IOException e) {
                // the test is over, or the server is away
            }
        }
    }

    private void relay(Socket client, Socket behind) {
        sockets.add(client);
        sockets.add(behind);
        start(() -> pump(client, behind, false), "relay to the server");
        start(() -> pump(behind, client, true), "relay to the client");
    }

    private void pump(Socket from, Socket to, boolean fromServer) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (!(fromServer && swallows)) {
                    to.getOutputStream().write(chunk, 0, count);
                }
            }
        } catch (IOException e) {
            // cut
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
