package org.thespis.front;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Stands in front of one or several application servers and forwards what comes: {@code java -jar thespis-front.jar PORT SERVER
 * ... [--OPTION=VALUE ...]}, for example {@code 8000 http://node1:8080 http://node2:8080 --trusted-proxies=10.0.0.1}. Each new
 * line goes to the server with the fewest of those that are ready. The client of RivetKit gives up for good when a reconnect is
 * refused with a closed port or a 404; while the servers, or the application on them, are away, what comes waits a little for the
 * first that is ready; then this process takes WebSockets and closes them with a reason that makes clients come back, and answers
 * HTTP with 503.
 */
public final class Front implements AutoCloseable {

    private static final String OPTION = "--";

    private final Listener listener;
    private final Readiness readiness;
    private final Servers servers;

    private Front(Listener listener, Readiness readiness, Servers servers) {
        this.listener = listener;
        this.readiness = readiness;
        this.servers = servers;
    }

    public static void main(String[] arguments) {
        try {
            List<String> all = Arrays.asList(arguments);
            if (all.size() < 2) {
                throw new IllegalArgumentException("a port and servers are needed, as in 8000 http://localhost:8080");
            }
            Map<Boolean, List<String>> parts =
                    all.stream().skip(1).collect(Collectors.partitioningBy(argument -> argument.startsWith(OPTION)));
            FrontSettings settings = FrontSettings.of(options(parts.get(true)));
            URI[] servers = parts.get(false).stream().map(URI::create).toArray(URI[]::new);
            Front front = start(Integer.parseInt(all.get(0)), settings, servers);
            Runtime.getRuntime().addShutdownHook(new Thread(front::close));
            System.out.println(
                    "Thespis front at port " + front.port() + ", for " + String.join(", ", parts.get(false)));
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "usage: java -jar thespis-front.jar PORT SERVER ... [--OPTION=VALUE ...]: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("an option is --NAME=VALUE, not " + argument);
            }
            options.put(argument.substring(OPTION.length(), equals), argument.substring(equals + 1));
        }
        return options;
    }

    /** Starts a front with default settings. */
    static Front start(int port, URI... servers) {
        return start(port, FrontSettings.DEFAULT, servers);
    }

    /**
     * Starts a front.
     *
     * @param port 0 for any free one
     * @param addresses of the application servers, with the context path of the gateway if it has one
     * @throws IllegalArgumentException if they are no addresses, or cannot be served together
     */
    static Front start(int port, FrontSettings settings, URI... addresses) {
        ProxyLog.limit();
        Servers servers = new Servers(addresses);
        Connections connections = new Connections(settings);
        Entrance entrance = new Entrance(connections, new ServerLines(servers, settings), settings);
        Front front = new Front(
                Listener.start(port, entrance, connections, settings),
                new Readiness(servers, settings.healthMillis()),
                servers);
        front.readiness.start();
        return front;
    }

    int port() {
        return listener.port();
    }

    /** Lines to the servers that are open now, or about to be. */
    int serverLines() {
        return servers.lines();
    }

    /** Servers that new lines may go to. */
    long readyServers() {
        return servers.all().stream().filter(Server::isReady).count();
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
