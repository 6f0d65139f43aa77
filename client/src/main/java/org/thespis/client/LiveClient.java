package org.thespis.client;

import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.api.ActorsOfType;
import org.thespis.api.Undefined;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.contract.GuardedStage;
import org.thespis.protocol.contract.TypedCalls;
import org.thespis.protocol.value.Values;

/** A client: what all of its references and connections share. Any thread. */
final class LiveClient implements ActorClient {

    /** No parameters. */
    static final Supplier<?> NO_PARAMETERS = () -> Undefined.UNDEFINED;

    private final Setup setup;
    private final Values values = Values.create();
    private final Http http;
    private final WebSocketContainer container;
    private final ExecutorService ownThreads; // null if it was given others
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Executor openers;
    private final Executor suppliers;
    private final Ticker ticker;
    private final FailedTells failedTells = new FailedTells();
    private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Exchange<?>> exchanges = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger(); // exchanges
    private volatile boolean closed;

    LiveClient(Setup setup) {
        this.setup = setup;
        this.http = new Http(
                setup.endpoint(),
                setup.namespace(),
                setup.encoding().codec(),
                setup.times().handshake(),
                setup.bounds().messageBytes());
        this.container = Containers.of(setup);
        this.ownThreads =
                setup.executor() == null ? Threads.callbacks(setup.bounds().threads()) : null;
        this.threads = ownThreads == null ? setup.executor() : ownThreads;
        int half = setup.bounds().threads() / 2;
        this.openers = new Limited(this::execute, half);
        this.suppliers = new Limited(this::execute, half);
        this.timer = Threads.timer();
        this.ticker = new Ticker(timer);
    }

    URI endpoint() {
        return setup.endpoint();
    }

    String namespace() {
        return setup.namespace();
    }

    ClientTimes times() {
        return setup.times();
    }

    ClientBounds bounds() {
        return setup.bounds();
    }

    ClientCodec codec() {
        return setup.encoding().codec();
    }

    Values values() {
        return values;
    }

    Http http() {
        return http;
    }

    WebSocketContainer container() {
        return container;
    }

    /** Those of references that say nothing of parameters. */
    Supplier<?> parameters() {
        return setup.parameters();
    }

    /** Whether calls carry a key by which they count once. */
    boolean callsCountOnce() {
        return setup.callsCountOnce();
    }

    /** For what opens connections, and waits for servers. */
    Executor openers() {
        return openers;
    }

    /** Runs something in a thread for callbacks, or in another one if those are not there any more; never in this one. */
    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RuntimeException | Error e) { // they are gone, all are busy, or none can be started
            ForkJoinPool.commonPool().execute(task);
        }
    }

    /**
     * Asks the application for what goes with a try; here and now if it is known anyway.
     *
     * @param supplied told in this thread, or one for callbacks; as is failed
     */
    void supply(Supplier<?> parameters, Consumer<Supplied> supplied, Consumer<? super ActorCallException> failed) {
        if (setup.token() == null && parameters instanceof Constant constant) {
            supplied.accept(constant.supplied());
            return;
        }
        if (setup.token() == null && parameters == NO_PARAMETERS) {
            supplied.accept(Supplied.NOTHING);
            return;
        }
        Supplying supplying =
                new Supplying(this, () -> supplied(parameters), supplied, failure -> failed.accept(failure));
        try {
            ticker.add(supplying);
            suppliers.execute(supplying);
        } catch (RejectedExecutionException e) {
            ticker.remove(supplying);
            failed.accept(closed ? ClientErrors.closed() : ClientErrors.supplyFailed(e));
        }
    }

    private Supplied supplied(Supplier<?> parameters) {
        String token = setup.token() == null ? null : requireToken(setup.token().get());
        return new Supplied(token, parameters instanceof Constant constant ? constant.json() : json(parameters.get()));
    }

    /** Anything else would be a header, or a request, of its own. */
    private static String requireToken(String token) {
        if (token != null && !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a token with characters beyond visible ASCII");
        }
        return token;
    }

    private String json(Object parameters) {
        Object plain = values.plain(parameters);
        return plain == Undefined.UNDEFINED ? null : Supplied.ascii(PlainCodec.writeJson(plain));
    }

    /** Parameters that do not change. */
    record Constant(String json) implements Supplier<Object> {

        @Override
        public Object get() {
            return json;
        }

        Supplied supplied() {
            return new Supplied(null, json);
        }
    }

    /**
     * Parameters as they are now.
     *
     * @throws IllegalArgumentException if they cannot be written
     */
    Supplier<?> constant(Object parameters) {
        try {
            return new Constant(json(parameters));
        } catch (RuntimeException | StackOverflowError e) { // whatever a getter throws
            throw new IllegalArgumentException("the parameters cannot be written", e);
        }
    }

    /**
     * Asks something over HTTP.
     *
     * @param reading makes of the answer what the application wants; in a thread for callbacks, may throw anything
     */
    <P, R> CompletionStage<R> ask(Exchange.Question<P> question, Function<P, R> reading) {
        GuardedStage<R> stage = new GuardedStage<>(this::execute, () -> {}); // it is in no lane
        new Exchange<>(this, question, new Answer<P>() {
                    @Override
                    public void result(P plain) {
                        execute(() -> complete(stage, () -> reading.apply(plain)));
                    }

                    @Override
                    public void error(ActorCallException error) {
                        execute(() -> stage.completeExceptionally(error));
                    }
                })
                .begin();
        return stage;
    }

    static <R> void complete(CompletableFuture<R> stage, Supplier<R> reading) {
        try {
            stage.complete(reading.get());
        } catch (Throwable e) { // of constructors and adapters of the application
            stage.completeExceptionally(e);
        }
    }

    /** Calls, and only logs a failure. */
    void tell(ActorReference reference, Target target, String action, Object... arguments) {
        reference.call(void.class, action, arguments).whenComplete((nothing, failure) -> {
            if (failure instanceof ActorCallException error) {
                failedTells.failed(target, action, error);
            }
        });
    }

    /** Takes in a question over HTTP; gives why not, or null. */
    ActorCallException begin(Exchange<?> exchange) {
        if (open.incrementAndGet() > bounds().calls()) {
            open.decrementAndGet();
            return ClientErrors.tooManyCalls(bounds().calls());
        }
        exchanges.add(exchange);
        if (closed || !added(exchange)) {
            ended(exchange);
            return ClientErrors.closed();
        }
        return null;
    }

    private boolean added(Ticked ticked) {
        try {
            ticker.add(ticked);
            return true;
        } catch (RejectedExecutionException e) { // the client was closed
            ticker.remove(ticked);
            return false;
        }
    }

    void ended(Exchange<?> exchange) {
        if (exchanges.remove(exchange)) {
            open.decrementAndGet();
        }
        ticker.remove(exchange);
    }

    /** Takes in a connection; false if the client was closed. */
    boolean begin(LiveConnection connection) {
        connections.add(connection);
        if (closed || !added(connection)) {
            ended(connection);
            return false;
        }
        return true;
    }

    void ended(LiveConnection connection) {
        connections.remove(connection);
        ticker.remove(connection);
    }

    void remove(Ticked ticked) {
        ticker.remove(ticked);
    }

    @Override
    public RemoteActors type(String name) {
        return new NamedActors(this, Objects.requireNonNull(name, "the name of the type"));
    }

    @Override
    public <T> ActorsOfType<T> type(String name, Class<T> contract) {
        return new TypedActors<>(type(name), contract);
    }

    @Override
    public <T> ActorsOfType<T> type(Class<T> contract) {
        String known = setup.types().get(contract);
        return type(known == null ? defaultName(contract) : known, contract);
    }

    /** As that of an actor's class. */
    private static String defaultName(Class<?> contract) {
        String name = contract.getSimpleName();
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public RemoteActor reference(Object actor) {
        if (actor instanceof RemoteActor remote) {
            return remote;
        }
        if (actor != null
                && Proxy.isProxyClass(actor.getClass())
                && Proxy.getInvocationHandler(actor) instanceof TypedCalls calls
                && calls.reference() instanceof RemoteActor remote) {
            return remote;
        }
        throw new IllegalArgumentException("that is no reference to an actor: " + actor);
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(LiveConnection::close);
        exchanges.forEach(exchange -> exchange.abandon(ClientErrors.closed()));
        timer.shutdownNow();
        if (ownThreads != null) {
            ownThreads.shutdown(); // what waits in it is still told
        }
    }

    /**
     * What a client was told when it was built.
     *
     * @param token null for none
     * @param executor null for threads of its own
     * @param container null for that of the server, or Tyrus
     * @param types names of types, by the interfaces for them
     */
    record Setup(
            URI endpoint,
            String namespace,
            Encoding encoding,
            Supplier<String> token,
            Supplier<?> parameters,
            boolean callsCountOnce,
            Executor executor,
            WebSocketContainer container,
            Map<Class<?>, String> types,
            ClientTimes times,
            ClientBounds bounds) {}
}
