package org.thespis.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.ReadLimits;

/** The HTTP side of the protocol. Any thread; nothing blocks. */
final class Http {

    private static final int FIRST_ERROR = 400;
    private static final String JSON = "application/json";

    private final HttpClient http;
    private final URI endpoint;
    private final String namespace;
    private final ClientCodec codec;
    private final int maxBody;

    Http(URI endpoint, String namespace, ClientCodec codec, Duration connectTimeout, int maxBody) {
        this.endpoint = endpoint;
        this.namespace = namespace;
        this.codec = codec;
        this.maxBody = maxBody;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // the offer of another makes servers read bodies differently
                .connectTimeout(connectTimeout)
                .build();
    }

    /**
     * Calls an action.
     *
     * @param key the idempotency key; null for none
     * @return the result, a plain value; fails with an {@link ActorCallException}, or with what the line failed with
     */
    CompletableFuture<Object> call(
            Target target, String action, byte[] body, String key, Supplied supplied, Duration timeout) {
        HttpRequest.Builder request = request(target.path(namespace, "/action/" + Target.encoded(action)), supplied)
                .timeout(timeout)
                .header("content-type", codec.contentType())
                .header("x-rivet-encoding", codec.name())
                .POST(BodyPublishers.ofByteArray(body));
        if (supplied.parameters() != null) {
            request.header("x-rivet-conn-params", supplied.parameters());
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return send(request.build(), response -> codec.decodeOutput(response.body(), ReadLimits.DEFAULT));
    }

    /** The id of an actor that is found, or created if it may be. */
    CompletableFuture<String> resolve(Target target, Supplied supplied, Duration timeout) {
        if (target.id() != null) {
            return CompletableFuture.completedFuture(target.id());
        }
        if (target.creates()) {
            return send(
                    management("PUT", target.wanted(), supplied, timeout), response -> idOf(member(response, "actor")));
        }
        return find(target, supplied, timeout).thenApply(found -> {
            if (found.isEmpty()) {
                throw new ActorCallException("actor", "not_found", "The actor does not exist", null);
            }
            return found;
        });
    }

    /** The id of an actor; empty if there is none. */
    CompletableFuture<String> find(Target target, Supplied supplied, Duration timeout) {
        String query = target.id() == null
                ? "&name=" + Target.form(target.type()) + "&key="
                        + Target.form(target.key().toString())
                : "&actor_ids=" + Target.form(target.id());
        HttpRequest request = request("/actors?namespace=" + Target.form(namespace) + query, supplied)
                .timeout(timeout)
                .build();
        return send(request, response -> {
            Object actors = member(response, "actors");
            return actors instanceof List<?> list && !list.isEmpty() ? idOf(list.get(0)) : "";
        });
    }

    /** Creates an actor; gives its id. */
    CompletableFuture<String> create(Target target, Supplied supplied, Duration timeout) {
        return send(
                management("POST", target.wanted(), supplied, timeout), response -> idOf(member(response, "actor")));
    }

    CompletableFuture<Void> destroy(String id, Supplied supplied, Duration timeout) {
        String path = "/actors/" + Target.encoded(id) + "?namespace=" + Target.form(namespace);
        return send(request(path, supplied).timeout(timeout).DELETE().build(), response -> null);
    }

    private HttpRequest management(String method, Map<String, Object> body, Supplied supplied, Duration timeout) {
        return request("/actors?namespace=" + Target.form(namespace), supplied)
                .timeout(timeout)
                .header("content-type", JSON)
                .method(method, BodyPublishers.ofString(PlainCodec.writeJson(body), StandardCharsets.UTF_8))
                .build();
    }

    private HttpRequest.Builder request(String path, Supplied supplied) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path));
        if (supplied.token() != null) {
            request.header("x-rivet-token", supplied.token());
        }
        return request;
    }

    /** A whole answer. */
    private record Answered(int status, HttpHeaders headers, byte[] body) {}

    @FunctionalInterface
    private interface Reader<T> {
        T read(Answered answered) throws MalformedMessageException;
    }

    /**
     * Completes with the end of the body, in a thread of the HTTP client: the stage that this one gives completes later, on a
     * machine with two cores in a new thread each time.
     */
    private <T> CompletableFuture<T> send(HttpRequest request, Reader<T> reader) {
        CompletableFuture<T> asked = new CompletableFuture<>();
        http.sendAsync(request, info -> {
                    BoundedBody body = new BoundedBody(maxBody);
                    body.getBody()
                            .thenAccept(bytes ->
                                    read(new Answered(info.statusCode(), info.headers(), bytes), reader, asked));
                    return body;
                })
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        asked.completeExceptionally(cause(failure)); // of no effect if it was read
                    }
                });
        return asked;
    }

    private <T> void read(Answered answered, Reader<T> reader, CompletableFuture<T> asked) {
        try {
            if (answered.status() >= FIRST_ERROR) {
                asked.completeExceptionally(error(answered));
            } else {
                asked.complete(reader.read(answered));
            }
        } catch (MalformedMessageException e) {
            asked.completeExceptionally(ClientErrors.malformed("status " + answered.status() + ", " + e.getMessage()));
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }

    /** A server that is not ours, or not there yet, answers in words of its own. */
    private ActorCallException error(Answered response) {
        boolean isJson =
                response.headers().firstValue("content-type").orElse("").startsWith(JSON);
        try {
            return ClientErrors.of(
                    (isJson ? ClientCodec.JSON : codec).decodeError(response.body(), ReadLimits.DEFAULT));
        } catch (MalformedMessageException e) {
            return ClientErrors.unreachable("status " + response.status());
        }
    }

    private static Object member(Answered response, String name) throws MalformedMessageException {
        Object plain = PlainCodec.readJson(new String(response.body(), StandardCharsets.UTF_8));
        return plain instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static String idOf(Object actor) throws MalformedMessageException {
        if (actor instanceof Map<?, ?> map && map.get("actor_id") instanceof String id) {
            return id;
        }
        throw new MalformedMessageException("no actor_id");
    }

    /** What a stage of this class failed with. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
