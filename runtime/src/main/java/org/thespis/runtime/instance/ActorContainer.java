package org.thespis.runtime.instance;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Surroundings;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.turn.Dispatcher;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;

/** All live actors of one type. Any thread. */
public final class ActorContainer {

    private static final Logger LOG = System.getLogger(ActorContainer.class.getName());

    private final ActorDefinition definition;
    private final Node node;
    private final Services services;
    private volatile EntryReads reads;
    private volatile Surroundings surroundings;
    private final AtomicInteger size = new AtomicInteger();

    /** @param dispatcher that of the type; null if it has none of its own */
    public ActorContainer(ActorDefinition definition, Node node, Dispatcher dispatcher) {
        this.definition = definition;
        this.node = node;
        this.services =
                node.services().with(definition.options().over(node.services().settings()), dispatcher);
        this.reads = node.reads().within(settings().state().entryReadTimeout());
    }

    /** What counts for its actors. */
    public ActorSettings settings() {
        return services.settings();
    }

    /** How long a creation takes at most, behind another one of the same address, while the store answers. */
    public Duration creationLimit() {
        return settings().createTimeout().multipliedBy(2).plus(settings().commitTimeout());
    }

    /** Other limits count from now on, also for actors that live. */
    public void settings(ActorSettings others) {
        services.settings(others);
        reads = node.reads().within(others.state().entryReadTimeout());
    }

    /** What the actors of this container declare. */
    public ActorDefinition definition() {
        return definition;
    }

    /** How many actors live here. */
    public int size() {
        return size.get();
    }

    Services services() {
        return services;
    }

    ActorBeans beans() {
        return node.beans();
    }

    /** @throws ActorException if the module has not started */
    Surroundings surroundings() {
        Surroundings known = surroundings;
        if (known == null) {
            known = beans().surroundings(definition);
            if (known == null) {
                throw new ActorException(ActorError.unavailable());
            }
            surroundings = known;
        }
        return known;
    }

    StateStore store() {
        return node.store();
    }

    EntryReads reads() {
        return reads;
    }

    CommitQueue commits() {
        return node.commits();
    }

    Creations creations() {
        return node.creations();
    }

    /** Creates an actor on a thread for turns; what comes of it is told to the birth. */
    public void create(ActorRecord actor, Wanted wanted, Birth birth) {
        ActorInstance instance = new ActorInstance(this, actor.id(), actor.key());
        add(instance); // before others learn of it: what they bring waits
        birth.begin();
        services().dispatcher().execute(() -> new Beginning(instance, this).create(actor, wanted, birth));
    }

    /** An instance of an actor that the store has, found from now on; it is to be woken. */
    public ActorInstance found(ActorRecord actor) {
        ActorInstance instance = new ActorInstance(this, actor.id(), actor.key());
        add(instance);
        return instance;
    }

    /**
     * Wakes an instance that was found, in this thread if it may, and then what waits for it. Called once.
     *
     * @param then run in the same thread when its first turn is over; takes no time and throws nothing
     */
    public void begin(ActorInstance instance, StoredActor stored, Runnable then) {
        Runnable begin = () -> {
            beginNow(instance, stored);
            then.run();
        };
        if (Mailbox.isTurn() || services.dispatcher().isOfOne()) { // not inside another actor's
            services.dispatcher().execute(begin);
        } else {
            begin.run();
        }
    }

    private void beginNow(ActorInstance instance, StoredActor stored) {
        new Beginning(instance, this).wake(stored);
    }

    private void add(ActorInstance instance) {
        node.live().add(instance);
        size.incrementAndGet();
    }

    /** The instance is not found any more; what came at its last moment goes to another one. */
    void remove(ActorInstance instance, List<Command> late) {
        hasPlans(instance, false);
        if (!late.isEmpty() && handOver(instance, late)) {
            return;
        }
        if (node.live().remove(instance)) {
            size.decrementAndGet();
        }
        for (Command command : late) {
            instance.tell(Refusals.of(
                    command, ActorError.unavailable(), instance.author().origin()));
        }
    }

    /** False if the node stops. */
    private boolean handOver(ActorInstance instance, List<Command> late) {
        ActorInstance successor = new ActorInstance(this, instance.id(), instance.key());
        late.forEach(successor::deliver); // before others find it: what they bring comes later
        if (!node.live().replace(instance, successor)) {
            return false;
        }
        services().dispatcher().execute(() -> wake(successor));
        return true;
    }

    private void wake(ActorInstance successor) {
        try {
            Optional<StoredActor> stored = store().load(successor.id());
            if (stored.isPresent()) {
                beginNow(successor, stored.get());
            } else {
                new Beginning(successor, this).refuse(ActorError.actorNotFound());
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the state store is out of reach", e);
            new Beginning(successor, this).refuse(ActorError.storeUnavailable());
        }
    }

    /** Notes whether a live actor has planned something. */
    void hasPlans(ActorInstance instance, boolean some) {
        if (some) {
            node.planning().add(instance);
        } else {
            node.planning().remove(instance);
        }
    }
}
