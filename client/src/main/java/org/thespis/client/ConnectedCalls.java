package org.thespis.client;

import java.lang.reflect.Type;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.thespis.api.ActorCallException;
import org.thespis.client.OpenCalls.OpenCall;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.contract.GuardedStage;
import org.thespis.protocol.value.Values;

/** What calls and listeners of a connection are made of: copies, bound by the values of the client. Any thread. */
final class ConnectedCalls {

    private final LiveClient client;
    private final Values values;

    ConnectedCalls(LiveClient client) {
        this.client = client;
        this.values = client.values();
    }

    /** A call as it is now. @throws ActorCallException if its arguments have no form */
    OpenCall call(long id, String action, Answer<Object> answer, Object... given) {
        List<Object> arguments = Results.arguments(values, action, given);
        String key = client.callsCountOnce() ? UUID.randomUUID().toString() : null;
        try {
            return new OpenCall(new ActionRequest(id, action, arguments, key), client.codec(), answer);
        } catch (UnencodableException e) {
            throw Results.unwritable(action, e);
        }
    }

    /** Completes a stage; told in the lane. */
    Answer<Object> answer(GuardedStage<Object> stage, Type result, String action) {
        return new Answer<>() {
            @Override
            public void result(Object plain) {
                LiveClient.complete(stage, () -> Results.read(values, action, result, plain));
            }

            @Override
            public void error(ActorCallException error) {
                stage.completeExceptionally(error);
            }
        };
    }

    /** Each listener has a copy of its own. */
    @SuppressWarnings("unchecked")
    Consumer<List<Object>> listening(Consumer<? super List<Object>> listener) {
        return arguments -> listener.accept((List<Object>) values.plain(arguments));
    }

    <T> Consumer<List<Object>> listening(Class<T> payload, Consumer<? super T> listener) {
        return arguments -> {
            Object first = arguments.isEmpty() ? null : arguments.get(0);
            @SuppressWarnings("unchecked")
            T bound = (T) values.bind(first, payload);
            listener.accept(bound);
        };
    }
}
