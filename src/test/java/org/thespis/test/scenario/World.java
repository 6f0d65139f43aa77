package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorClientBuilder;
import org.thespis.client.ActorConnection;
import org.thespis.client.ClientTimes;
import org.thespis.client.ConnectionStatus;
import org.thespis.client.Encoding;
import org.thespis.client.RemoteActor;

/** What one scenario in one encoding has: clients that end with it, keys of its own, and waiting for what must come. */
public final class World implements AutoCloseable {

    private static final long WAIT_SECONDS = 30;
    private static final Duration OPENING = Duration.ofSeconds(8);

    private final URI endpoint;
    private final Encoding encoding;
    private final List<ActorClient> clients = new CopyOnWriteArrayList<>();
    private final ActorClient client;
    private final String unique = UUID.randomUUID().toString();

    public World(URI endpoint, Encoding encoding) {
        this.endpoint = endpoint;
        this.encoding = encoding;
        this.client = another();
    }

    public URI endpoint() {
        return endpoint;
    }

    public Encoding encoding() {
        return encoding;
    }

    public ActorClient client() {
        return client;
    }

    public ActorClient another() {
        return another(endpoint, builder -> builder);
    }

    public ActorClient another(URI address, UnaryOperator<ActorClientBuilder> more) {
        ActorClientBuilder builder = ActorClient.builder(address)
                .encoding(encoding)
                .times(ClientTimes.DEFAULT
                        .withPauses(Duration.ofMillis(50), Duration.ofMillis(500))
                        .withOpening(OPENING, OPENING)); // Payara now and then forgets a WebSocket
        ActorClient made = more.apply(builder).build();
        clients.add(made);
        return made;
    }

    /** A key that nobody else uses. */
    public String[] key(String... labels) {
        List<String> segments = new ArrayList<>(Arrays.asList(labels));
        segments.add(unique);
        return segments.toArray(String[]::new);
    }

    /** The actor of this scenario of that type, created. */
    public RemoteActor made(String type) {
        RemoteActor actor = actor(type);
        get(actor.id());
        return actor;
    }

    public RemoteActor actor(String type) {
        return client.type(type).getOrCreate(key());
    }

    public ActorConnection connected(String type) {
        return actor(type).connect();
    }

    @Override
    public void close() {
        clients.forEach(ActorClient::close);
    }

    public static Object call(ActorReference actor, String action, Object... arguments) {
        return actor.blocking().call(action, arguments);
    }

    public static int number(ActorReference actor, String action, Object... arguments) {
        return actor.blocking().call(int.class, action, arguments);
    }

    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new AssertionError(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What a call fails with. */
    public static ActorCallException error(ActorReference actor, String action, Object... arguments) {
        return error(actor.call(action, arguments));
    }

    public static ActorCallException error(CompletionStage<?> stage) {
        try {
            Object result = stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return fail("an error was expected, not " + result);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(ActorCallException.class);
            return (ActorCallException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Group and code. */
    public static String reason(ActorCallException error) {
        return error.group() + "." + error.code();
    }

    public static String reason(CompletionStage<?> stage) {
        return reason(error(stage));
    }

    public static void until(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("gave up waiting until " + what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits until it is connected, other than before. */
    public static void untilBack(ActorConnection connection, String before) throws Exception {
        until(
                "it is back",
                () -> connection.status() == ConnectionStatus.CONNECTED
                        && !connection.connectionId().orElse(before).equals(before));
    }

    public static ActorConnection up(ActorConnection connection) {
        get(connection.opened());
        return connection;
    }

    /** The arguments of each event from now on. */
    public static List<List<Object>> collect(ActorConnection connection, String event) {
        List<List<Object>> heard = new CopyOnWriteArrayList<>();
        connection.on(event, heard::add);
        return heard;
    }

    /** Compares as JavaScript does: a number is a number. */
    public static void same(Object actual, Object expected) {
        assertThat(plain(actual)).isEqualTo(plain(expected));
    }

    private static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes " + Arrays.toString(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(World::plain).collect(ArrayList::new, List::add, List::addAll);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((name, member) -> all.put(name, plain(member)));
            return all;
        }
        return value instanceof Integer || value instanceof Long ? (Object) ((Number) value).doubleValue() : value;
    }
}
