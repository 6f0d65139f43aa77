package org.thespis.runtime;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.thespis.api.spi.ActorRecord;

/** All live actors of one type. Any thread. */
public final class ActorContainer {

    private final ActorDefinition definition;
    private final Services services;

    /** Those of all types by their ids: a message names no type, and one look-up must do. */
    private final Map<String, ActorInstance> live;

    private final AtomicInteger size = new AtomicInteger();

    ActorContainer(ActorDefinition definition, Services services, Map<String, ActorInstance> live) {
        this.definition = definition;
        this.services = services;
        this.live = live;
    }

    /** What the actors of this container declare. */
    public ActorDefinition definition() {
        return definition;
    }

    /** How many actors live here. */
    public int size() {
        return size.get();
    }

    /** An instance of an actor that the store does not have yet. */
    ActorInstance unborn(ActorRecord actor) {
        return ActorInstance.unborn(this, actor, services);
    }

    /** Makes an instance found; its actor has no other. */
    void add(ActorInstance instance) {
        live.put(instance.record().id(), instance);
        size.incrementAndGet();
    }

    /** An instance of an actor that the store has, found from now on; it is to be woken. */
    ActorInstance asleep(ActorRecord actor) {
        ActorInstance instance = ActorInstance.asleep(this, actor, services);
        add(instance);
        return instance;
    }

    void discard(ActorInstance instance) {
        remove(instance);
        instance.lifeCycle().discard();
    }

    void remove(ActorInstance instance) {
        if (live.remove(instance.record().id(), instance)) {
            size.decrementAndGet();
        }
    }
}
