package org.thespis.front;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** Takes lines from clients and reads requests from them; as Undertow does by itself, but it lets nobody count the lines. */
final class Listener implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024 - 20; // as Undertow has it: a buffer and its head are 16 kB
    private static final int MAX_POOLED_BUFFERS = 1_024;
    private static final int BUFFERS_PER_THREAD = 12;
    private static final int BACKLOG = 1_024;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_PARAMETERS = 200;
    private static final int STOP_SECONDS = 5;

    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> server;
    private final HttpOpenListener http;
    private final Connections connections;

    private Listener(
            XnioWorker worker,
            AcceptingChannel<StreamConnection> server,
            HttpOpenListener http,
            Connections connections) {
        this.worker = worker;
        this.server = server;
        this.http = http;
        this.connections = connections;
    }

    static Listener start(int port, HttpHandler handler, Connections connections, FrontSettings settings) {
        HttpOpenListener http = new HttpOpenListener(
                new DefaultByteBufferPool(true, BUFFER_BYTES, MAX_POOLED_BUFFERS, BUFFERS_PER_THREAD),
                options(settings));
        http.setRootHandler(handler);
        StrictParser.install(http, settings);
        try {
            XnioWorker worker =
                    Xnio.getInstance(Listener.class.getClassLoader()).createWorker(workerOptions());
            AcceptingChannel<StreamConnection> server = worker.createStreamConnectionServer(
                    new InetSocketAddress("0.0.0.0", port),
                    ChannelListeners.openListenerAdapter(line -> connections.open(line, http)),
                    OptionMap.builder()
                            .set(Options.TCP_NODELAY, true)
                            .set(Options.KEEP_ALIVE, true)
                            .set(Options.REUSE_ADDRESSES, true)
                            .set(Options.BACKLOG, BACKLOG)
                            .getMap());
            server.resumeAccepts();
            return new Listener(worker, server, http, connections);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be served", e);
        }
    }

    private static OptionMap options(FrontSettings settings) {
        return OptionMap.builder()
                .set(UndertowOptions.ALLOW_ENCODED_SLASH, true) // keys of actors may have one
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .set(UndertowOptions.MAX_HEADER_SIZE, 2 * settings.maxHeadBytes()) // the parser tells of it first
                .set(UndertowOptions.MAX_HEADERS, MAX_FIELDS)
                .set(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
                .set(UndertowOptions.MAX_ENTITY_SIZE, (long) settings.maxBodyBytes())
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, settings.parseMillis())
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, settings.idleMillis())
                .set(UndertowOptions.IDLE_TIMEOUT, settings.idleMillis())
                .set(UndertowOptions.REQUIRE_HOST_HTTP11, false) // the parser asks for it, and the answer says why
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .getMap();
    }

    private static OptionMap workerOptions() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        return OptionMap.builder()
                .set(Options.WORKER_NAME, "front")
                .set(Options.WORKER_IO_THREADS, threads)
                .set(Options.WORKER_TASK_CORE_THREADS, threads)
                .set(Options.WORKER_TASK_MAX_THREADS, threads)
                .set(Options.TCP_NODELAY, true)
                .getMap();
    }

    int port() {
        return server.getLocalAddress(InetSocketAddress.class).getPort();
    }

    int lines() {
        return connections.count();
    }

    @Override
    public void close() {
        IoUtils.safeClose(server);
        http.closeConnections();
        worker.shutdownNow();
        try {
            worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
