package org.thespis.client;

import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorsOfType;

/** The actors of one type behind an interface. Any thread. */
final class TypedActors<T> implements ActorsOfType<T> {

    private final RemoteActors actors;
    private final ClientContract<T> contract;

    TypedActors(RemoteActors actors, Class<T> contract) {
        this.actors = actors;
        this.contract = ClientContract.of(contract);
    }

    @Override
    public T getOrCreate(ActorKey key, Object input) {
        return contract.over(actors.getOrCreate(key, input));
    }

    @Override
    public T get(ActorKey key) {
        return contract.over(actors.get(key));
    }

    @Override
    public T byId(String id) {
        return contract.over(actors.byId(id));
    }

    @Override
    public CompletionStage<T> create(ActorKey key, Object input) {
        return actors.create(key, input).thenApply(contract::over);
    }

    @Override
    public CompletionStage<Boolean> exists(ActorKey key) {
        return actors.exists(key);
    }
}
