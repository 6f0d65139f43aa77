package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.protocol.value.Values;

/** All actors of one node: finds, creates and ends them, and hands them commands. Any thread. */
public final class ActorSystem {

    private static final int REFUSED = 1011; // RFC 6455, section 7.4.1

    private static final Logger LOG = System.getLogger(ActorSystem.class.getName());

    private final Map<String, ActorContainer> containers = new HashMap<>();
    private final StateStore store;
    private final Services services;
    private volatile EventSink sink = output -> {};
    private volatile boolean stopping;

    /**
     * @param executor runs turns that could not run at once
     * @throws DeclarationException if two types have one name
     */
    public ActorSystem(
            Collection<ActorDefinition> definitions,
            ActorBeans beans,
            StateStore store,
            Executor executor,
            ActorSettings settings) {
        this.store = store;
        this.services = new Services(
                beans, Values.create(), executor, settings, store, output -> sink.deliver(output), System::nanoTime);
        ActorDefinition.requireDistinctNames(definitions);
        for (ActorDefinition definition : definitions) {
            containers.put(definition.name(), new ActorContainer(definition, services));
        }
    }

    void connect(EventSink newSink) {
        sink = newSink;
    }

    /** The container of that actor type. */
    public Optional<ActorContainer> container(String name) {
        return Optional.ofNullable(containers.get(name));
    }

    /** The names of all actor types. */
    public Collection<String> names() {
        return List.copyOf(containers.keySet());
    }

    private ActorContainer require(String name) {
        return container(name).orElseThrow(() -> new ActorException(ActorError.typeNotFound()));
    }

    Relay.Resolution getOrCreate(String name, ActorKey key, Object input) {
        ActorContainer container = require(name);
        Optional<ActorRecord> found = store.find(name, key);
        if (found.isPresent()) {
            return new Relay.Resolution(found.get(), false);
        }
        Creation creation = tryCreate(container, key, input);
        return new Relay.Resolution(creation.actor(), creation.created());
    }

    ActorRecord create(String name, ActorKey key, Object input) {
        ActorContainer container = require(name);
        store.find(name, key).ifPresent(existing -> refuseDuplicate(existing, key));
        Creation creation = tryCreate(container, key, input);
        if (!creation.created()) {
            refuseDuplicate(creation.actor(), key);
        }
        return creation.actor();
    }

    private static void refuseDuplicate(ActorRecord existing, ActorKey key) {
        throw new ActorException(ActorError.duplicateKey(existing.id(), key.toString()));
    }

    /** The actor is made first and then entered in the store; who loses the race for the key throws its own away. */
    private Creation tryCreate(ActorContainer container, ActorKey key, Object input) {
        ActorRecord wanted = new ActorRecord(
                UUID.randomUUID().toString(), container.definition().name(), key, Instant.now());
        ActorInstance instance = container.create(wanted, input);
        Creation creation = store.create(wanted);
        if (!creation.created()) {
            container.discard(instance);
        }
        return creation;
    }

    Optional<ActorRecord> find(String name, ActorKey key) {
        return store.find(name, key);
    }

    Optional<ActorRecord> find(String actorId) {
        return store.find(actorId);
    }

    List<ActorRecord> list(String name, int limit) {
        return store.list(name, limit);
    }

    CompletionStage<Void> destroy(String actorId) {
        ActorInstance instance = instance(actorId);
        return instance == null ? CompletableFuture.completedStage(null) : instance.destroy();
    }

    void deliver(String actorId, Command command) {
        if (stopping) {
            refuse(command, ActorError.unavailable());
            return;
        }
        ActorInstance instance = instance(actorId);
        if (instance == null) {
            refuse(command, ActorError.actorNotFound());
        } else {
            instance.deliver(command);
        }
    }

    /** Without asking the store: this is on the way of every message, and the types are few. */
    private ActorInstance instance(String actorId) {
        for (ActorContainer container : containers.values()) {
            ActorInstance instance = container.instance(actorId);
            if (instance != null) {
                return instance;
            }
        }
        return null;
    }

    /**
     * Takes no more commands, lets the turns that run or wait come to their end, and answers the calls that would complete
     * later. Returns when all is done or the grace is over. Further calls do nothing.
     */
    public void stop(Duration grace) {
        if (stopping) {
            return;
        }
        stopping = true;
        CompletableFuture<?>[] ends = containers.values().stream()
                .flatMap(container -> container.instances().stream())
                .map(ActorInstance::stop)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "not all actors came to their end within " + grace, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(Command command, ActorError error) {
        if (command instanceof Command.Call call) {
            sink.deliver(new Output.Failed(call.clientId(), call.requestId(), error, null));
        } else if (command instanceof Command.CallOnce || command instanceof Command.Request) {
            sink.deliver(new Output.Failed(command.clientId(), 0L, error, null));
        } else if (command instanceof Command.Connect || command instanceof Command.OpenSocket) {
            sink.deliver(new Output.Closed(command.clientId(), REFUSED, error.group() + "." + error.code()));
        }
    }

    /** Tells callers whose time is over. To be called a few times a second. */
    public void expireCalls() {
        long now = services.nanoTime().getAsLong();
        for (ActorContainer container : containers.values()) {
            container.instances().forEach(instance -> instance.expireCalls(now));
        }
    }
}
