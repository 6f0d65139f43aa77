package org.thespis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Where the clients of the actors here are that came by another node. Any thread. */
final class Homes {

    /** What a client is whose node is gone: RFC 6455, section 7.4.1. */
    private static final int CUT = 1006;

    enum Kind {
        ONCE,
        CONNECTION,
        SOCKET
    }

    /**
     * What is known of a client.
     *
     * @param epoch of the view in which its node sent the first of it
     * @param since when that came, on the nano clock
     */
    record Home(String node, String actorId, Kind kind, long epoch, long since) {}

    /** A command that a client would have sent, had it left by itself. */
    record Farewell(String actorId, Command command) {}

    private final Map<String, Home> homes = new ConcurrentHashMap<>(); // by client; each as long as it is open

    /** Notes who comes with a command from a node, and who leaves. */
    void came(String node, long epoch, String actorId, Command command) {
        String client = command.clientId();
        long now = System.nanoTime();
        if (command instanceof Command.Connect) {
            homes.put(client, new Home(node, actorId, Kind.CONNECTION, epoch, now));
        } else if (command instanceof Command.OpenSocket) {
            homes.put(client, new Home(node, actorId, Kind.SOCKET, epoch, now));
        } else if (command instanceof Command.CallOnce || command instanceof Command.Request) {
            homes.put(client, new Home(node, actorId, Kind.ONCE, epoch, now));
        } else if (command instanceof Command.Disconnect || command instanceof Command.SocketClosed) {
            homes.remove(client);
        }
    }

    /** The node of a client; null if it came by this one, or has left. */
    String node(String client) {
        Home home = homes.get(client);
        return home == null ? null : home.node;
    }

    /** Notes what is sent to a client: the answer of a stateless call, or an end, is the last of it. */
    void told(Output.ToOne output) {
        Home home = homes.get(output.clientId());
        boolean last = output instanceof Output.Closed
                ? home != null && home.kind != Kind.ONCE
                : home != null && home.kind == Kind.ONCE && isAnswer(output);
        if (last) {
            homes.remove(output.clientId(), home);
        }
    }

    static boolean isAnswer(Output output) {
        return output instanceof Output.Reply
                || output instanceof Output.Failed
                || output instanceof Output.Responded
                || output instanceof Output.Asked;
    }

    /** Forgets those clients of a node that are lost; what their actors are to be told, once for each. */
    List<Farewell> lost(String node, Predicate<Home> isLost) {
        List<Farewell> farewells = new ArrayList<>();
        homes.forEach((client, home) -> {
            if (home.node.equals(node) && isLost.test(home) && homes.remove(client, home) && home.kind != Kind.ONCE) {
                Command leaves = home.kind == Kind.SOCKET
                        ? new Command.SocketClosed(client, new Close(CUT, ""))
                        : new Command.Disconnect(client);
                farewells.add(new Farewell(home.actorId, leaves));
            }
        });
        return farewells;
    }

    int size() {
        return homes.size();
    }
}
