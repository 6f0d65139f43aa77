package org.thespis.client;

import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.ActorsOfType;
import org.thespis.api.Undefined;

/**
 * The actors of one type. What {@link #create} gives becomes a {@link RemoteActor} by {@link ActorClient#reference}. Any
 * thread; no method blocks.
 */
public interface RemoteActors extends ActorsOfType<ActorReference> {

    @Override
    default RemoteActor getOrCreate(String... key) {
        return getOrCreate(ActorKey.of(key), Undefined.UNDEFINED);
    }

    @Override
    RemoteActor getOrCreate(ActorKey key, Object input);

    @Override
    default RemoteActor get(String... key) {
        return get(ActorKey.of(key));
    }

    @Override
    RemoteActor get(ActorKey key);

    @Override
    RemoteActor byId(String id);
}
