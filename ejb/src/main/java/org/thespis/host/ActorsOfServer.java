package org.thespis.host;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.Actors;
import org.thespis.runtime.message.Throwables;

/**
 * The actors for other applications of the server, whose classes know nothing of ours: all that crosses is of the JDK. Looked
 * up as {@code java:global/APPLICATION/thespis-ejb/ActorsOfServer!java.util.function.Supplier}, and again after a
 * redeployment. Supplies a {@link Function}: that itself cannot be the interface of an EJB, as WildFly would have to reach its
 * private methods.
 *
 * <p>The function takes a {@code Map} with {@code type}, {@code key} (a list of texts, or one text), {@code action} and {@code
 * arguments} (a list of plain values, or none), and gives a {@code CompletionStage} of the result, a plain value. What fails
 * does so with an {@link IllegalStateException} that begins with {@code group.code}; what is no such map is an {@link
 * IllegalArgumentException}. An actor that is not there is created.
 */
@Singleton
@Local(Supplier.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ActorsOfServer implements Supplier<Object> {

    @Inject
    Actors actors;

    @Override
    public Object get() {
        Function<Object, Object> function = this::call;
        return function;
    }

    private Object call(Object request) {
        if (!(request instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("a map with type, key, action and arguments is needed");
        }
        CompletableFuture<Object> answer = new CompletableFuture<>(); // of the JDK, as its class is seen by others
        ask(map).whenComplete((result, thrown) -> {
            if (thrown == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(failure(Throwables.unwrap(thrown)));
            }
        });
        return answer;
    }

    private CompletionStage<Object> ask(Map<?, ?> request) {
        Object[] arguments = request.get("arguments") instanceof Collection<?> given ? given.toArray() : new Object[0];
        return actors.type(text(request, "type"))
                .getOrCreate(new ActorKey(key(request.get("key"))), null)
                .call(text(request, "action"), arguments);
    }

    private static String text(Map<?, ?> request, String name) {
        if (request.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the map needs a text " + name);
    }

    private static List<String> key(Object key) {
        if (key instanceof Collection<?> segments) {
            return segments.stream().map(String::valueOf).toList();
        }
        return key == null ? List.of() : List.of(key.toString());
    }

    private static RuntimeException failure(Throwable thrown) {
        return thrown instanceof ActorCallException e
                ? new IllegalStateException(e.group() + "." + e.code() + ": " + e.getMessage())
                : new IllegalStateException("the call failed: " + Throwables.text(thrown));
    }
}
