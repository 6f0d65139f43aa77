package org.thespis.client;

import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Builds an {@link ActorClient}. Used by one thread. */
public final class ActorClientBuilder {

    private static final List<String> SCHEMES = List.of("http", "https");

    private final URI endpoint;
    private final Map<Class<?>, String> types = new HashMap<>();
    private String namespace = "default";
    private Encoding encoding = Encoding.BARE;
    private Supplier<String> token;
    private Supplier<?> parameters = LiveClient.NO_PARAMETERS;
    private boolean callsCountOnce;
    private Executor executor;
    private WebSocketContainer container;
    private ClientTimes times = ClientTimes.DEFAULT;
    private ClientBounds bounds = ClientBounds.DEFAULT;

    ActorClientBuilder(URI endpoint) {
        this.endpoint = checked(endpoint);
    }

    private static URI checked(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)
                || endpoint.getHost() == null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("an endpoint is http://host:port/path or https, was " + endpoint);
        }
        return URI.create(endpoint.toString().replaceAll("/+$", ""));
    }

    /** How messages are written; {@link Encoding#BARE} by default. */
    public ActorClientBuilder encoding(Encoding chosen) {
        this.encoding = Objects.requireNonNull(chosen);
        return this;
    }

    /**
     * Who calls. Asked for each call, each time that a connection is opened, and while it is open before its token runs out: a
     * server that takes a fresh one lets the connection stay.
     *
     * @param supplier called in a thread for callbacks, may block for {@link ClientTimes#supply}; null means that there is no
     *     token now
     */
    public ActorClientBuilder token(Supplier<String> supplier) {
        this.token = Objects.requireNonNull(supplier);
        return this;
    }

    /**
     * Connection parameters of all references that say no others; see {@link RemoteActor#withParameters(Supplier)}.
     *
     * @param supplier as JSON-B can write what it gives
     */
    public ActorClientBuilder parameters(Supplier<?> supplier) {
        this.parameters = Objects.requireNonNull(supplier);
        return this;
    }

    /** The name of the actor type that an interface is for. */
    public ActorClientBuilder type(Class<?> contract, String name) {
        types.put(Objects.requireNonNull(contract), Objects.requireNonNull(name));
        return this;
    }

    /**
     * Calls carry a key by which the server knows them again, and are asked for again when their answer was lost; each counts
     * once. Over a connection that is so if the server agrees, as Thespis does; then not more than 100 of its calls are on their
     * way at a time. The server keeps the last such calls of an actor in its state, so each costs a little more.
     */
    public ActorClientBuilder callsCountOnce() {
        this.callsCountOnce = true;
        return this;
    }

    /** The namespace of the server; {@code default} by default. */
    public ActorClientBuilder namespace(String name) {
        this.namespace = Objects.requireNonNull(name);
        return this;
    }

    /**
     * Threads for callbacks, suppliers and the opening of connections, in place of {@link ClientBounds#threads} own ones; inside
     * of a server a {@code ManagedExecutorService}. The client does not shut it down. It must run tasks in other threads than
     * that of who hands them over.
     */
    public ActorClientBuilder executor(Executor given) {
        this.executor = Objects.requireNonNull(given);
        return this;
    }

    /** The container for WebSockets, in place of the one that {@link jakarta.websocket.ContainerProvider} gives. */
    public ActorClientBuilder container(WebSocketContainer given) {
        this.container = Objects.requireNonNull(given);
        return this;
    }

    /** How long it waits for what. */
    public ActorClientBuilder times(ClientTimes given) {
        this.times = Objects.requireNonNull(given);
        return this;
    }

    /** How much it holds at most. */
    public ActorClientBuilder bounds(ClientBounds given) {
        this.bounds = Objects.requireNonNull(given);
        return this;
    }

    public ActorClient build() {
        return new LiveClient(new LiveClient.Setup(
                endpoint,
                namespace,
                encoding,
                token,
                parameters,
                callsCountOnce,
                executor,
                container,
                Map.copyOf(types),
                times,
                bounds));
    }
}
