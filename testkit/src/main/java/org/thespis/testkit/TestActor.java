package org.thespis.testkit;

import java.util.Objects;
import java.util.Set;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;

/** The address of an actor, there or not, and who comes to it. Immutable. */
public final class TestActor {

    private final TestKit kit;
    private final String type;
    private final ActorKey key;
    private final Caller caller;

    TestActor(TestKit kit, String type, ActorKey key, Caller caller) {
        this.kit = kit;
        this.type = Objects.requireNonNull(type, "the name of the type");
        this.key = key;
        this.caller = caller;
    }

    String type() {
        return type;
    }

    ActorKey key() {
        return key;
    }

    Caller caller() {
        return caller;
    }

    /** The same, come to by somebody who is logged in under that name, and has those roles. */
    public TestActor as(String name, String... roles) {
        String known = Objects.requireNonNull(name, "the name of the caller");
        return new TestActor(kit, type, key, new Caller(known, Set.of(roles)));
    }

    /** Connects a client without parameters; see {@link #connect(Object)}. */
    public TestConnection connect() {
        return kit.connect(this, Undefined.UNDEFINED);
    }

    /**
     * Connects a client, and creates the actor if there is none.
     *
     * @param parameters as JSON-B can write them
     * @throws ActorCallException why it is not let in
     */
    public TestConnection connect(Object parameters) {
        return kit.connect(this, parameters);
    }

    /** Whether it is in memory, when the actors have come to rest. */
    public boolean isAwake() {
        return kit.isAwake(this);
    }

    /** As in messages: {@code chatRoom/general}. */
    @Override
    public String toString() {
        return type + "/" + key;
    }
}
