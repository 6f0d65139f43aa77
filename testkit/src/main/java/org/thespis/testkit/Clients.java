package org.thespis.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;

/** The clients of one run of the actors, in the place of the gateway. Any thread. */
final class Clients implements EventSink {

    private final Map<String, LocalLink> links = new ConcurrentHashMap<>();
    private volatile boolean cut;

    void add(LocalLink link) {
        links.put(link.id(), link);
    }

    void remove(LocalLink link) {
        links.remove(link.id(), link);
    }

    /** How many are connected to an actor. */
    long count(String actorId) {
        return links.values().stream().filter(link -> link.isOf(actorId)).count();
    }

    /** Nothing arrives any more, and all are closed. */
    void cut(String reason) {
        cut = true;
        List.copyOf(links.values()).forEach(link -> link.lost(reason));
    }

    @Override
    public void deliver(Output output) {
        if (cut) {
            return;
        }
        if (output instanceof Output.Event event) {
            event.receivers().forEach(receiver -> {
                LocalLink link = links.get(receiver);
                if (link != null) {
                    link.heard(event);
                }
            });
        } else if (output instanceof Output.ToOne one) {
            LocalLink link = links.get(one.clientId());
            if (link != null) {
                link.told(one);
            }
        }
    }
}
