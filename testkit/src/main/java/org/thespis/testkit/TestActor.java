package org.thespis.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.PackedRequest;

/** The address of an actor, there or not, and who comes to it. Immutable. */
public final class TestActor {

    /** As by default in a server. */
    private static final int MAX_HEAD_BYTES = 16_384;

    private final TestKit kit;
    private final String type;
    private final ActorKey key;
    private final Caller caller;
    private final Map<String, List<String>> headers;

    TestActor(TestKit kit, String type, ActorKey key, Caller caller) {
        this(kit, type, key, caller, Map.of());
    }

    private TestActor(TestKit kit, String type, ActorKey key, Caller caller, Map<String, List<String>> headers) {
        this.kit = kit;
        this.type = Objects.requireNonNull(type, "the name of the type");
        this.key = key;
        this.caller = caller;
        this.headers = headers;
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
        return new TestActor(kit, type, key, new Caller(known, Set.of(roles)), headers);
    }

    /**
     * The same, come to by somebody of whom that is said, too, as a claim of a token: for {@code connection.claims()}.
     *
     * @param value a text, a number, a boolean, or a list or map of such; actors get a copy that nobody can change
     * @throws IllegalStateException if nobody is logged in: {@link #as} comes first
     */
    public TestActor claim(String name, Object value) {
        if (caller.name() == null) {
            throw new IllegalStateException("say who it is, by as(...), before what is said of them");
        }
        Map<String, Object> more = new LinkedHashMap<>(caller.claims());
        more.put(
                Objects.requireNonNull(name, "the name of a claim"),
                Claims.copy(Objects.requireNonNull(value, "the value of a claim")));
        Caller known = new Caller(caller.name(), caller.roles(), Collections.unmodifiableMap(more));
        return new TestActor(kit, type, key, known, headers);
    }

    /** The same, come to with one more header field in the handshake, such as {@code cookie}. */
    public TestActor header(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        values.add(Objects.requireNonNull(value, "the value of a header field"));
        more.put(name.toLowerCase(Locale.ROOT), values);
        return new TestActor(kit, type, key, caller, more);
    }

    boolean hasHeaders() {
        return !headers.isEmpty();
    }

    /** The handshake of its clients. */
    PackedRequest handshake() {
        return PackedRequest.of("/gateway/" + type + "/connect", "127.0.0.1", Map.of(), headers, MAX_HEAD_BYTES)
                .orElseThrow(() -> new IllegalArgumentException("the header fields are too long or too many"));
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
