package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of few words: it answers with what it was sent, and counts its lines. */
final class StubServer implements AutoCloseable {

    private static final int BACKLOG = 1_000;

    /** What it answers when it is asked whether it is ready. */
    enum Health {
        READY("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        UNREADY("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
        NOT_DEPLOYED("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        NEVER_ANSWERED(""),
        ENDLESS("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{"),
        GARBAGE("\0\1 never heard of that protocol\r\n\r\n"),
        CUT(null);

        private final String answer;

        Health(String answer) {
            this.answer = answer;
        }
    }

    /** Keeps the port when nobody listens at it. */
    private final Socket port = new Socket();

    private volatile ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    final List<String> heads = new CopyOnWriteArrayList<>();
    volatile boolean answersUpgrades = true;
    volatile boolean refusesUpgrades;
    volatile boolean answersRequests = true;
    volatile boolean endsFirst;
    volatile Health health = Health.READY;

    /** Dies when it has read the next request. */
    volatile boolean diesOfRequest;

    /** Cuts the line of each request, and goes on. */
    volatile boolean cutsRequests;

    /** The status of its answer to an opening; 0 for what is told otherwise. */
    volatile int answersOpenings;

    /** WebSockets that are open. */
    final AtomicInteger sockets = new AtomicInteger();

    /** Further fields of each answer, with their ends of lines. */
    volatile String answerFields = "";

    StubServer() throws IOException {
        port.setReuseAddress(true);
        port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        comeBack();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port.getLocalPort());
    }

    /** As a process that is killed: lines end, and its port refuses new ones. */
    void die() throws IOException {
        server.close();
        for (Socket line : open) {
            line.close();
        }
    }

    /** As a machine without power: new lines are neither taken nor refused. */
    void takesNobody() throws IOException {
        die();
        ServerSocket full = listen(1);
        server = full;
        for (int i = 0; i < 4; i++) { // more than there is room for
            Socket one = new Socket();
            open.add(one);
            threads.execute(() -> {
                try {
                    one.connect(full.getLocalSocketAddress());
                } catch (IOException e) {
                    // in vain
                }
            });
        }
    }

    /** Listens again. */
    final void comeBack() throws IOException {
        ServerSocket next = listen(BACKLOG);
        server = next;
        threads.execute(() -> accept(next));
    }

    private ServerSocket listen(int backlog) throws IOException {
        while (true) {
            try {
                ServerSocket next = new ServerSocket();
                next.setReuseAddress(true);
                next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getLocalPort()), backlog);
                return next;
            } catch (BindException e) { // the one before is about to end
                Thread.onSpinWait();
            }
        }
    }

    int openLines() {
        return open.size();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket line = listening.accept();
                open.add(line);
                threads.execute(() -> serve(line));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket line) {
        try (line) {
            InputStream in = new BufferedInputStream(line.getInputStream());
            OutputStream out = line.getOutputStream();
            for (String head = head(in); head != null; head = head(in)) {
                if (head.startsWith("GET /metadata ")) {
                    answer(out, "{}");
                    continue;
                }
                if (head.startsWith("GET /health ")) {
                    if (health == Health.CUT) {
                        return;
                    }
                    out.write(health.answer.getBytes(ISO_8859_1));
                    continue;
                }
                heads.add(head);
                if (diesOfRequest) {
                    die();
                    return;
                }
                boolean opening = head.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
                if (opening && answersOpenings > 0) {
                    out.write(
                            ("HTTP/1.1 " + answersOpenings + " No\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
                    continue;
                }
                if (opening) {
                    upgrade(in, out, line);
                    return;
                }
                if (cutsRequests) {
                    return;
                }
                String body = body(head, in);
                if (answersRequests) {
                    answer(out, head + body);
                }
            }
        } catch (IOException e) {
            // the line was cut
        } finally {
            open.remove(line);
        }
    }

    private void upgrade(InputStream in, OutputStream out, Socket line) throws IOException {
        if (refusesUpgrades) {
            out.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
            return;
        }
        boolean taken = answersUpgrades;
        if (taken) {
            sockets.incrementAndGet();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                            + answerFields + "\r\n")
                    .getBytes(ISO_8859_1));
            if (endsFirst) {
                line.shutdownOutput();
            }
        }
        try {
            while (in.read() >= 0) {
                // until the line is cut; an orderly end of the other side is not answered
            }
        } finally {
            if (taken) {
                sockets.decrementAndGet();
            }
        }
        while (!line.isClosed() && answersUpgrades && stillThere(out)) {
            Thread.onSpinWait();
        }
    }

    /** Whether the other side still takes bytes: it must cut the line by itself. */
    private static boolean stillThere(OutputStream out) {
        try {
            out.write(0);
            Thread.sleep(20);
            return true;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static String body(String head, InputStream in) throws IOException {
        for (String field : head.toLowerCase(Locale.ROOT).split("\r\n")) {
            if (field.startsWith("content-length:")) {
                return new String(
                        in.readNBytes(Integer.parseInt(field.substring(15).trim())), ISO_8859_1);
            }
            if (field.startsWith("transfer-encoding:")) {
                return chunks(in);
            }
        }
        return "";
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        int size = chunkSize(in);
        while (size > 0) {
            body.append(new String(in.readNBytes(size), ISO_8859_1));
            line(in);
            size = chunkSize(in);
        }
        line(in);
        return body.toString();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.append((char) b);
        }
        return line.toString().trim();
    }

    private void answer(OutputStream out, String body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n" + answerFields + "\r\n" + body)
                .getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        die();
        port.close();
        threads.shutdownNow();
    }
}
