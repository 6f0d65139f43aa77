package org.thespis.front;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One of the servers behind the front. Any thread. */
final class Server {

    private static final int HTTP_PORT = 80;
    private static final int MAX_PORT = 65_535;

    private final URI address;
    private final URI authority;
    private final AtomicInteger lines = new AtomicInteger();
    private volatile boolean ready;

    /**
     * @param address of the application, with its context path
     * @throws IllegalArgumentException if it is no address of HTTP
     */
    Server(URI address) {
        if (!"http".equals(address.getScheme()) || address.getHost() == null || hasMore(address)) {
            throw new IllegalArgumentException("a server is http://HOST:PORT, not " + address);
        }
        int port = address.getPort() < 0 ? HTTP_PORT : address.getPort();
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to " + MAX_PORT + ", not that of " + address);
        }
        this.address = address;
        this.authority = URI.create("http://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port);
    }

    /** What no request would be told. */
    private static boolean hasMore(URI address) {
        return address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null;
    }

    /** Where lines lead to. */
    URI authority() {
        return authority;
    }

    /** Where it says whether it is ready. */
    URI health() {
        return URI.create(authority + path() + "/health");
    }

    /** The context path of the application, without a slash at its end. */
    String path() {
        return address.getRawPath().replaceAll("/+$", "");
    }

    boolean isReady() {
        return ready;
    }

    void ready(boolean is) {
        ready = is;
    }

    /** Lines that are open now, or about to be. */
    int lines() {
        return lines.get();
    }

    Place place() {
        lines.incrementAndGet();
        return new Place();
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** What counts a line to the server, from before it is opened until it has ended. */
    final class Place {

        private final AtomicBoolean left = new AtomicBoolean();

        private Place() {}

        Server server() {
            return Server.this;
        }

        /** Only the first time counts. */
        void leave() {
            if (left.compareAndSet(false, true)) {
                lines.decrementAndGet();
            }
        }
    }
}
