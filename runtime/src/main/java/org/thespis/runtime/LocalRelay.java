package org.thespis.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ClientLimits;
import org.thespis.runtime.settings.OriginNames;
import org.thespis.runtime.turn.Mailbox;

/** The relay of a single node: straight to the containers. */
public record LocalRelay(ActorSystem system) implements Relay {

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void connect(EventSink sink) {
        system.connect(sink);
    }

    @Override
    public void connectInside(EventSink sink) {
        system.connectInside(sink);
    }

    @Override
    public boolean isAtHand(String actorId) {
        return system.instance(actorId) != null;
    }

    @Override
    public Optional<ActorType> type(String name) {
        return system.container(name).map(ActorContainer::definition);
    }

    @Override
    public Duration connectTimeout(String name) {
        return system.settings(name).hooks().connect();
    }

    @Override
    public ClientLimits limits(String name) {
        return system.container(name)
                .map(container -> container.definition().options().clients())
                .orElse(ClientLimits.nothing());
    }

    @Override
    public Collection<OriginNames> origins() {
        return system.origins();
    }

    @Override
    public Resolution getOrCreate(Wanted wanted) {
        return system.getOrCreate(wanted);
    }

    @Override
    public ActorRecord create(Wanted wanted) {
        return system.create(wanted);
    }

    @Override
    public Duration creationLimit(String name) {
        return system.container(name).map(ActorContainer::creationLimit).orElse(Duration.ZERO);
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
    public Optional<ActorRecord> findIn(String name, String actorId) {
        return system.findIn(name, actorId);
    }

    @Override
    public Optional<Seen> look(String name, ActorKey key) {
        return system.look(name, key);
    }

    @Override
    public Optional<Seen> look(String actorId) {
        return system.look(actorId);
    }

    @Override
    public Optional<Seen> lookIn(String name, String actorId) {
        return system.lookIn(name, actorId);
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
    public void stop(Duration grace) {
        system.stop(grace);
    }

    @Override
    public void ask(String actorId, Command command) {
        system.deliver(actorId, command);
    }

    @Override
    public boolean offer(String actorId, Command command) {
        return system.offer(actorId, command);
    }

    @Override
    public void askAndWrite(String actorId, Command command) {
        Mailbox.lending(() -> system.deliver(actorId, command));
    }
}
