package org.thespis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/**
 * To which node the clients here lead whose actors are on another one. A connection keeps to the node that it was opened at, so
 * all of it goes one way, in order; when its actor moves it ends, and its client comes back. Any thread.
 */
final class Routes {

    private static final int GOING_AWAY = 1001; // RFC 6455, section 7.4.1

    /** Reconnecting clients take this as temporary. */
    private static final String GOING_AWAY_REASON = "ws.going_away";

    private static final class Route {

        final String node;
        final String actorId;
        final boolean once;
        final boolean socket;
        final Set<Long> calls = ConcurrentHashMap.newKeySet(); // that are not answered; the actor bounds them

        Route(String node, String actorId, Command opens) {
            this.node = node;
            this.actorId = actorId;
            this.once = opens instanceof Command.CallOnce || opens instanceof Command.Request;
            this.socket = opens instanceof Command.OpenSocket;
        }
    }

    /**
     * A client whose node is gone, or has given it up.
     *
     * @param leaves tells that node that it is gone; null for one that does not stay
     */
    record Lost(String actorId, Command leaves, List<Output> told) {}

    private final Map<String, Route> routes = new ConcurrentHashMap<>(); // by client; each as long as it is open

    static boolean opens(Command command) {
        return command instanceof Command.Connect
                || command instanceof Command.OpenSocket
                || command instanceof Command.CallOnce
                || command instanceof Command.Request;
    }

    static boolean leaves(Command command) {
        return command instanceof Command.Disconnect
                || command instanceof Command.SocketClosed
                || command instanceof Command.End;
    }

    /** Whether it is taken whatever waits: nobody is told of it, so nobody would learn that it was not. */
    static boolean mustCome(Command command) {
        return leaves(command) || command instanceof Command.Renew;
    }

    void open(String node, String actorId, Command command) {
        routes.put(command.clientId(), new Route(node, actorId, command));
    }

    /** Where a command of an open client goes; null for the actors of this node. */
    String node(Command command) {
        Route route = routes.get(command.clientId());
        return route == null ? null : route.node;
    }

    /** Notes what leaves for the node of a client. */
    void sent(Command command) {
        if (command instanceof Command.Call call) {
            Route route = routes.get(call.clientId());
            if (route != null) {
                route.calls.add(call.requestId());
            }
        } else if (command instanceof Command.Disconnect || command instanceof Command.SocketClosed) {
            routes.remove(command.clientId());
        }
    }

    /** A command was not sent after all. */
    void notSent(Command command) {
        if (opens(command)) {
            routes.remove(command.clientId());
        } else if (command instanceof Command.Call call) {
            Route route = routes.get(call.clientId());
            if (route != null) {
                route.calls.remove(call.requestId());
            }
        }
    }

    /** Notes an output from a node; false if its client is not, or no longer, open there: then it is for nobody. */
    boolean told(String node, Output.ToOne output) {
        String client = output.clientId();
        Route route = routes.get(client);
        if (route == null || !route.node.equals(node)) {
            return false;
        }
        if (route.once) {
            return !Homes.isAnswer(output) || routes.remove(client, route);
        }
        if (output instanceof Output.Reply reply) {
            route.calls.remove(reply.requestId());
        } else if (output instanceof Output.Failed failed && failed.requestId() != null) {
            route.calls.remove(failed.requestId());
        } else if (output instanceof Output.Closed) {
            return routes.remove(client, route);
        }
        return true;
    }

    /** Forgets all that leads to a node, and says what its clients are told: each open call may have been run, or not. */
    List<Lost> lost(String node) {
        List<Lost> lost = new ArrayList<>();
        routes.forEach((client, route) -> {
            if (route.node.equals(node) && routes.remove(client, route)) {
                lost.add(new Lost(route.actorId, leaves(client, route), told(client, route)));
            }
        });
        return lost;
    }

    private static Command leaves(String client, Route route) {
        if (route.once) {
            return null;
        }
        return route.socket
                ? new Command.SocketClosed(client, new Close(GOING_AWAY, ""))
                : new Command.Disconnect(client);
    }

    private static List<Output> told(String client, Route route) {
        List<Output> told = new ArrayList<>();
        if (route.once) {
            told.add(new Output.Failed(client, 0L, ActorError.gone(), null));
            return told;
        }
        for (long call : route.calls) {
            told.add(new Output.Failed(client, call, ActorError.gone(), null));
        }
        told.add(closed(client));
        return told;
    }

    /** The end of a connection whose client may come back. */
    static Output.Closed closed(String client) {
        return new Output.Closed(client, GOING_AWAY, GOING_AWAY_REASON);
    }

    /** Those clients that are open at a node. */
    List<String> among(String node, List<String> clients) {
        return clients.stream()
                .filter(client -> {
                    Route route = routes.get(client);
                    return route != null && route.node.equals(node);
                })
                .toList();
    }

    int size() {
        return routes.size();
    }
}
