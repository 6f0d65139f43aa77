package org.thespis.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.api.spi.ActorRecord;

/** All live actors of one type. Any thread. */
public final class ActorContainer {

    private final ActorDefinition definition;
    private final Services services;
    private final Map<String, ActorInstance> live = new ConcurrentHashMap<>();

    ActorContainer(ActorDefinition definition, Services services) {
        this.definition = definition;
        this.services = services;
    }

    /** What the actors of this container declare. */
    public ActorDefinition definition() {
        return definition;
    }

    /** How many actors live here. */
    public int size() {
        return live.size();
    }

    /** An instance of an actor that the store does not have yet. */
    ActorInstance unborn(ActorRecord actor) {
        return ActorInstance.unborn(this, actor, services);
    }

    /** Makes an instance found. */
    void add(ActorInstance instance) {
        live.put(instance.record().id(), instance);
    }

    /** An instance of an actor that the store has, found from now on; it is to be woken. */
    ActorInstance asleep(ActorRecord actor) {
        ActorInstance instance = ActorInstance.asleep(this, actor, services);
        add(instance);
        return instance;
    }

    void discard(ActorInstance instance) {
        live.remove(instance.record().id(), instance);
        instance.lifeCycle().discard();
    }

    /** The live actor of that id, or null. */
    ActorInstance instance(String id) {
        return live.get(id);
    }

    Collection<ActorInstance> instances() {
        return live.values();
    }

    void remove(ActorInstance instance) {
        live.remove(instance.record().id(), instance);
    }
}
