package org.thespis.testkit;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;
import org.thespis.client.ActorClient;

/** The way to actors whose keys are others than those that a test says. Any thread. */
final class KeyedActors implements Actors {

    private final ActorClient client;
    private final UnaryOperator<ActorKey> keys;
    private final Function<Class<?>, String> names;

    /** @param names the actor type that an interface is for */
    KeyedActors(ActorClient client, UnaryOperator<ActorKey> keys, Function<Class<?>, String> names) {
        this.client = client;
        this.keys = keys;
        this.names = names;
    }

    @Override
    public ActorsOfType<ActorReference> type(String name) {
        return new OfType<>(client.type(name), keys);
    }

    @Override
    public <T> ActorsOfType<T> type(Class<T> contract) {
        return new OfType<>(client.type(names.apply(contract), contract), keys);
    }

    @Override
    public ActorReference reference(Object typed) {
        return client.reference(typed);
    }

    private record OfType<R>(ActorsOfType<R> actors, UnaryOperator<ActorKey> keys) implements ActorsOfType<R> {

        @Override
        public R getOrCreate(ActorKey key, Object input) {
            return actors.getOrCreate(keys.apply(key), input);
        }

        @Override
        public R get(ActorKey key) {
            return actors.get(keys.apply(key));
        }

        @Override
        public R byId(String id) {
            return actors.byId(id);
        }

        @Override
        public CompletionStage<R> create(ActorKey key, Object input) {
            return actors.create(keys.apply(key), input);
        }

        @Override
        public CompletionStage<Boolean> exists(ActorKey key) {
            return actors.exists(keys.apply(key));
        }
    }
}
