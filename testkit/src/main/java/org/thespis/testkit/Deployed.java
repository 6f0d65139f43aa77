package org.thespis.testkit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.thespis.api.Actor;
import org.thespis.api.ActorKey;
import org.thespis.api.Actors;
import org.thespis.api.Undefined;
import org.thespis.client.ActorClient;
import org.thespis.client.RemoteActor;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Contract;

/**
 * The actors of a server, reached by the Java client: what is in nobody's hand there skips the test. Keys get a segment more, so
 * that each test finds actors that nobody has used.
 */
final class Deployed implements World {

    private static final Logger LOG = System.getLogger(Deployed.class.getName());

    private final String endpoint;
    private final Setup setup;
    private final ActorClient client;
    private final String ownSegment = "test-" + UUID.randomUUID();
    private final Set<RemoteLink> links = ConcurrentHashMap.newKeySet();
    private volatile TestAbortedException skipped;

    /** @throws IllegalArgumentException if it is no address of http or https */
    Deployed(String endpoint, Setup setup) {
        this.endpoint = endpoint;
        this.setup = setup;
        this.client = ActorClient.connect(endpoint);
    }

    @Override
    public void inject(Object test) {
        String needs = setup.needs();
        if (!needs.isEmpty()) {
            throw skip(needs);
        }
        new InjectedFields(references(), this::skip).inject(test);
    }

    /**
     * The name of the actor type that an interface is for, as if the actors of the kit were all.
     *
     * @throws org.thespis.runtime.declaration.DeclarationException if there is none, or more than one
     */
    private String typeOf(Class<?> contract) {
        List<ActorDefinition> actors = setup.beans().stream()
                .filter(bean -> bean.isAnnotationPresent(Actor.class))
                .map(ActorDefinition::of)
                .toList();
        return Contract.of(contract, actors).definition().name();
    }

    @Override
    public Actors references() {
        return new KeyedActors(client, this::own, this::typeOf);
    }

    private ActorKey own(ActorKey key) {
        return new ActorKey(
                Stream.concat(key.segments().stream(), Stream.of(ownSegment)).toList());
    }

    @Override
    public TestConnection connect(TestActor actor, Object parameters) {
        if (actor.caller().principal().isPresent()) {
            throw skip("TestActor.as");
        }
        if (actor.hasHeaders()) {
            throw skip("TestActor.header");
        }
        RemoteActor named = client.type(actor.type()).getOrCreate(own(actor.key()), Undefined.UNDEFINED);
        RemoteActor remote = parameters == Undefined.UNDEFINED ? named : named.withParameters(parameters);
        TestConnection connection =
                new TestConnection(actor, setup.patience(), own -> new RemoteLink(remote, own, this));
        RemoteLink link = (RemoteLink) connection.link();
        link.open();
        links.add(link);
        return connection;
    }

    void forget(RemoteLink link) {
        links.remove(link);
    }

    /** What was begun over any line of the test has been begun by its actor, and what it sent then has arrived over all. */
    @Override
    public void settle() {
        List<RemoteLink> all = new ArrayList<>(links);
        all.forEach(RemoteLink::fence);
        all.forEach(RemoteLink::fence);
    }

    @Override
    public String report() {
        return "";
    }

    @Override
    public Bench bench(String wish) {
        throw skip(wish);
    }

    private TestAbortedException skip(String wish) {
        TestAbortedException reason = new TestAbortedException(
                "skipped at " + endpoint + ": " + wish + " is for actors that the kit runs itself");
        LOG.log(Level.WARNING, reason.getMessage());
        skipped = reason;
        return reason;
    }

    @Override
    public void requireNothingSkipped() {
        TestAbortedException reason = skipped;
        if (reason != null) {
            throw reason;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return endpoint;
    }
}
