package org.thespis.client;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.Undefined;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.UnencodableException;

/** The actors of one type. Any thread. */
final class NamedActors implements RemoteActors {

    private final LiveClient client;
    private final String type;

    NamedActors(LiveClient client, String type) {
        this.client = client;
        this.type = type;
    }

    @Override
    public RemoteActor getOrCreate(ActorKey key, Object input) {
        return reference(new Target(type, requireKey(key), null, true, cbor(input)));
    }

    @Override
    public RemoteActor get(ActorKey key) {
        return reference(new Target(type, requireKey(key), null, false, null));
    }

    @Override
    public RemoteActor byId(String id) {
        return reference(Target.byId(type, Objects.requireNonNull(id, "the id")));
    }

    @Override
    public CompletionStage<ActorReference> create(ActorKey key, Object input) {
        Target target = new Target(type, requireKey(key), null, true, cbor(input));
        return client.<String, ActorReference>ask(
                new Exchange.Question<>(LiveClient.NO_PARAMETERS, false, false, (supplied, left) -> client.http()
                        .create(target.checked(), supplied, left)),
                this::byId);
    }

    @Override
    public CompletionStage<Boolean> exists(ActorKey key) {
        Target target = new Target(type, requireKey(key), null, false, null);
        return client.ask(
                new Exchange.Question<>(LiveClient.NO_PARAMETERS, false, true, (supplied, left) -> client.http()
                        .find(target.checked(), supplied, left)),
                id -> !id.isEmpty());
    }

    private RemoteActor reference(Target target) {
        return new Reference(client, target, client.parameters());
    }

    private static ActorKey requireKey(ActorKey key) {
        return Objects.requireNonNull(key, "the key");
    }

    /** The input as it is now. */
    private byte[] cbor(Object input) {
        Object plain = Results.copied(client.values(), input, "the input");
        try {
            return plain == Undefined.UNDEFINED ? null : PlainCodec.writeCbor(plain);
        } catch (UnencodableException e) {
            throw new IllegalArgumentException("the input cannot be written", e);
        }
    }

    @Override
    public String toString() {
        return type;
    }
}
