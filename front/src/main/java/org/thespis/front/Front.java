package org.thespis.front;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in front of one application server and forwards what comes: {@code java -jar thespis-front.jar PORT SERVER
 * [--OPTION=VALUE ...]}, for example {@code 8000 http://localhost:8080 --trusted-proxies=10.0.0.1}. The client of RivetKit gives up for good when a reconnect is refused with a
 * closed port or a 404; while the server, or the application on it, is away, this process takes WebSockets and closes them
 * with a reason that makes clients come back, and answers HTTP with 503.
 */
public final class Front implements AutoCloseable {

    private static final String OPTION = "--";

    private final Listener listener;
    private final Readiness readiness;
    private final ServerLines lines;

    private Front(Listener listener, Readiness readiness, ServerLines lines) {
        this.listener = listener;
        this.readiness = readiness;
        this.lines = lines;
    }

    public static void main(String[] arguments) {
        try {
            List<String> all = Arrays.asList(arguments);
            if (all.size() < 2) {
                throw new IllegalArgumentException("a port and a server are needed, as in 8000 http://localhost:8080");
            }
            FrontSettings settings = FrontSettings.of(options(all.subList(2, all.size())));
            Front front = start(Integer.parseInt(all.get(0)), URI.create(all.get(1)), settings);
            Runtime.getRuntime().addShutdownHook(new Thread(front::close));
            System.out.println("Thespis front at port " + front.port() + ", for " + all.get(1));
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "usage: java -jar thespis-front.jar PORT SERVER [--OPTION=VALUE ...]: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith(OPTION) || equals < 0) {
                throw new IllegalArgumentException("an option is --NAME=VALUE, not " + argument);
            }
            options.put(argument.substring(OPTION.length(), equals), argument.substring(equals + 1));
        }
        return options;
    }

    /** Starts a front with default settings. */
    static Front start(int port, URI server) {
        return start(port, server, FrontSettings.DEFAULT);
    }

    /**
     * Starts a front.
     *
     * @param port 0 for any free one
     * @param server address of the application server, with the context path of the gateway if it has one
     */
    static Front start(int port, URI server, FrontSettings settings) {
        ProxyLog.limit();
        Readiness readiness = new Readiness(server);
        ServerLines lines = new ServerLines(
                URI.create(server.getScheme() + "://" + server.getAuthority()), settings.connectMillis());
        Connections connections = new Connections(settings);
        Entrance entrance = new Entrance(connections, readiness, lines, settings);
        Front front = new Front(Listener.start(port, entrance, connections, settings), readiness, lines);
        readiness.start();
        return front;
    }

    int port() {
        return listener.port();
    }

    /** Lines to the server that are open now. */
    int serverLines() {
        return lines.count();
    }

    /** Lines from clients that are open now. */
    int clientLines() {
        return listener.lines();
    }

    @Override
    public void close() {
        readiness.close();
        listener.close();
    }
}
