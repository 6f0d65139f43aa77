package org.thespis.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;

/** The clients of one run of the actors, in the place of the gateway. Any thread. */
final class Clients implements EventSink {

    private final Map<String, TestConnection> connections = new ConcurrentHashMap<>();
    private volatile boolean cut;

    void add(TestConnection connection) {
        connections.put(connection.id(), connection);
    }

    void remove(TestConnection connection) {
        connections.remove(connection.id(), connection);
    }

    /** How many are connected to an actor. */
    long count(String actorId) {
        return connections.values().stream()
                .filter(connection -> connection.isOf(actorId))
                .count();
    }

    /** Nothing arrives any more, and all are closed. */
    void cut(String reason) {
        cut = true;
        List.copyOf(connections.values()).forEach(connection -> connection.lost(reason));
    }

    @Override
    public void deliver(Output output) {
        if (cut) {
            return;
        }
        if (output instanceof Output.Event event) {
            event.receivers().forEach(receiver -> {
                TestConnection connection = connections.get(receiver);
                if (connection != null) {
                    connection.heard(event);
                }
            });
        } else if (output instanceof Output.ToOne one) {
            TestConnection connection = connections.get(one.clientId());
            if (connection != null) {
                connection.told(one);
            }
        }
    }
}
