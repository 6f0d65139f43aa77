package org.thespis.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;

/** The relay of a single node: straight to the containers. */
public record LocalRelay(ActorSystem system) implements Relay {

    @Override
    public void connect(EventSink sink) {
        system.connect(sink);
    }

    @Override
    public Resolution getOrCreate(String name, ActorKey key, Object input) {
        return system.getOrCreate(name, key, input);
    }

    @Override
    public ActorRecord create(String name, ActorKey key, Object input) {
        return system.create(name, key, input);
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return system.find(name, key);
    }

    @Override
    public Optional<ActorRecord> find(String actorId) {
        return system.find(actorId);
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return system.list(name, limit);
    }

    @Override
    public CompletionStage<Void> destroy(String actorId) {
        return system.destroy(actorId);
    }

    @Override
    public void ask(String actorId, Command command) {
        system.deliver(actorId, command);
    }
}
