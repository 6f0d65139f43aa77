package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.cluster.wire.Message;
import org.thespis.cluster.wire.MessageCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.jndi.ClusterNode;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ClientLimits;
import org.thespis.runtime.settings.OriginNames;
import org.thespis.runtime.turn.Dispatcher;

/** The relay of one node of several: to the actors here, and to those of other nodes. See docs/cluster.md. Any thread. */
public final class ClusterRelay implements ClusterNode {

    private static final Logger LOG = System.getLogger(ClusterRelay.class.getName());

    /** How long the others have to take the last answers before the lines end: one that does not read keeps nobody here. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Links links;
    private final LocalRelay local;
    private final Dispatcher dispatcher;
    private final Lines lines;
    private final Gate gate;
    private final Creating creating;
    private final Homes homes = new Homes();
    private final Routes routes = new Routes();
    private final HereSinks here = new HereSinks();
    private final LastWords lastWords;
    private final Inbound inbound;
    private final Views views;

    /**
     * @param lease null if nobody decides which side of a cut cluster serves
     * @param executor runs what may ask the store, or waits for a creation; never in the thread that brings it, and not in the
     *     threads for turns
     * @param threads makes one for each other node, and for the lease
     */
    public ClusterRelay(
            ActorSystem system,
            Links links,
            Lease lease,
            Executor executor,
            ThreadFactory threads,
            ClusterLimits limits) {
        this.links = links;
        this.local = new LocalRelay(system);
        this.dispatcher = new Dispatcher(executor);
        this.lines = new Lines(links, limits.maxOutboxBytes(), threads, this::givenUp);
        this.gate = new Gate(links.self(), system.residence(), dispatcher, limits, this::released);
        this.creating = new Creating(links.self(), local, gate, lines, limits.questionTimeout());
        this.lastWords = new LastWords(lines);
        this.views = new Views(links.self(), gate, lines, lease, limits.leaseTime(), threads, this::lost, this::apart);
        this.inbound = new Inbound(
                links.self(), local, gate, lines, homes, routes, creating, here, views, lastWords, this::lost);
        local.connect(new SplitSink(
                here.ofGateway(), homes, false, this::output)); // for other nodes, before there is a gateway here
        local.connectInside(new SplitSink(here.ofInside(), homes, true, this::output));
    }

    @Override
    public void start() {
        links.start(new Links.Listener() {
            @Override
            public void members(Members members) {
                views.install(members);
                LOG.log(Level.INFO, "the cluster has the nodes {0}", nodes());
            }

            @Override
            public void received(String from, byte[] frame) {
                inbound.receive(from, frame);
            }
        });
    }

    @Override
    public List<String> nodes() {
        return Stream.concat(Stream.of(links.self()), views.others().stream())
                .map(links::address)
                .sorted()
                .toList();
    }

    /**
     * Hands all actors over before the rest ends: calls wait meanwhile, here and elsewhere. The last node, or one whose others
     * do not take them in time, ends its actors as a single one does.
     */
    @Override
    public void stop(Duration grace) {
        try {
            views.leave(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        local.stop(grace);
    }

    @Override
    public void close() {
        views.endLease(); // before the others know that this node is gone
        try {
            lastWords.say(views.others(), LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            links.close();
            lines.closeAll();
        } finally {
            views.close(); // whose threads would go on
        }
    }

    @Override
    public void tick() {
        gate.tick();
        views.tick();
    }

    @Override
    public boolean isReady() {
        return views.isStaying();
    }

    /** Whether all that is to live here may do so. */
    public boolean isSettled() {
        return gate.isSettled();
    }

    /** Clients of this node at actors of others, and the other way round: for diagnostics. */
    public int open() {
        return routes.size() + homes.size();
    }

    // ---- the view

    /** Called by the gate, in order with the views. */
    private void released(int segment) {
        lines.sendToAll(new Message.Released(gate.placement().epoch(), segment));
    }

    /** In the thread that brought too much, which may be a turn. */
    private void givenUp(String node) {
        long then = System.nanoTime(); // what comes later is of a node that knows
        dispatcher.execute(() -> lost(node, home -> home.since() - then <= 0));
    }

    private void lost(String node) {
        lost(node, home -> true);
    }

    /** A node was in another part of the cluster: what it sent in the view in which both are together goes on. */
    private void apart(String node, long epoch) {
        lost(node, home -> home.epoch() < epoch);
    }

    /** Nothing that is open between this node and another one goes on. */
    private void lost(String node, Predicate<Homes.Home> isLost) {
        List<Routes.Lost> lost;
        views.other().lock();
        try {
            lost = routes.lost(node);
        } finally {
            views.other().unlock();
        }
        for (Routes.Lost one : lost) {
            if (one.leaves() != null && views.isOther(node)) { // it goes on, and may know of that client
                send(node, one.actorId(), one.leaves());
            }
            one.told().forEach(here::deliver);
        }
        for (Homes.Farewell farewell : homes.lost(node, isLost)) {
            inbound.enter(node, epoch(), farewell.actorId(), farewell.command());
        }
        creating.lost(node);
        lastWords.heard(node);
    }

    private long epoch() {
        Placement placement = gate.placement();
        return placement == null ? 0 : placement.epoch();
    }

    // ---- what this node asks

    /** Not here: the way to an actor may lead over a line to another node. */
    @Override
    public boolean offer(String actorId, Command command) {
        return false;
    }

    @Override
    public void ask(String actorId, Command command) {
        boolean opens = Routes.opens(command);
        Placement placement = gate.placement();
        if (placement == null) {
            refuse(command, ActorError.unavailable());
            return;
        }
        String node = opens ? placement.ownerOf(actorId) : routes.node(command);
        if (opens && node == null) { // this part of the cluster is not to serve
            refuse(command, ActorError.unavailable());
            return;
        }
        if (node == null || node.equals(links.self())) {
            askHere(actorId, command);
        } else if (opens) {
            open(actorId, command);
        } else {
            routes.sent(command);
            send(node, actorId, command);
        }
    }

    private void open(String actorId, Command command) {
        views.same().lock();
        try {
            String node = gate.placement().ownerOf(actorId);
            if (node != null && !node.equals(links.self())) { // as it was a moment ago
                routes.open(node, actorId, command);
                send(node, actorId, command);
                return;
            }
        } finally {
            views.same().unlock();
        }
        askHere(actorId, command);
    }

    private void send(String node, String actorId, Command command) {
        boolean must = Routes.mustCome(command);
        byte[] message;
        try {
            message = MessageCodec.write(new Message.Ask(epoch(), actorId, command));
        } catch (UnencodableException e) {
            notSent(command, ActorError.unencodable(e.getMessage()));
            return;
        }
        if (!lines.send(node, must ? Kind.OUTPUT : Kind.COMMAND, message)) {
            notSent(command, ActorError.unavailable());
        }
    }

    private void notSent(Command command, ActorError error) {
        routes.notSent(command);
        refuse(command, error);
    }

    private void refuse(Command command, ActorError error) {
        Refusals.of(command, error, null).forEach(here::deliver);
    }

    private void askHere(String actorId, Command command) {
        if (gate.isFree(actorId)) {
            local.ask(actorId, command);
        } else {
            inbound.enter(links.self(), epoch(), actorId, command);
        }
    }

    // ---- as any relay

    @Override
    public void connect(EventSink sink) {
        here.gateway(sink);
    }

    @Override
    public void connectInside(EventSink sink) {
        here.inside(sink);
    }

    private void output(String node, byte[] message) {
        lines.send(node, Kind.OUTPUT, message);
    }

    @Override
    public boolean isAtHand(String actorId) {
        Placement placement = gate.placement();
        boolean here = placement == null || links.self().equals(placement.ownerOf(actorId));
        return here ? local.isAtHand(actorId) : true; // to send asks no store
    }

    @Override
    public Optional<ActorType> type(String name) {
        return local.type(name);
    }

    @Override
    public ClientLimits limits(String name) {
        return local.limits(name);
    }

    @Override
    public Collection<OriginNames> origins() {
        return local.origins();
    }

    @Override
    public Duration connectTimeout(String name) {
        return local.connectTimeout(name);
    }

    @Override
    public Duration creationLimit(String name) {
        return local.creationLimit(name);
    }

    @Override
    public Resolution getOrCreate(Wanted wanted) {
        requireType(wanted);
        Optional<ActorRecord> found = local.find(wanted.name(), wanted.key());
        if (found.isPresent()) {
            return new Resolution(found.get(), false);
        }
        Message.Answered done = creating.create(wanted, true);
        return new Resolution(done.actor(), done.created());
    }

    @Override
    public ActorRecord create(Wanted wanted) {
        requireType(wanted);
        return creating.create(wanted, false).actor();
    }

    private void requireType(Wanted wanted) {
        if (local.type(wanted.name()).isEmpty()) {
            throw new ActorException(ActorError.typeNotFound());
        }
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return local.find(name, key);
    }

    @Override
    public Optional<ActorRecord> find(String actorId) {
        return local.find(actorId);
    }

    @Override
    public Optional<ActorRecord> findIn(String name, String actorId) {
        return local.findIn(name, actorId);
    }

    @Override
    public Optional<Seen> look(String name, ActorKey key) {
        return find(name, key).map(Seen::of); // another node may have ended it
    }

    @Override
    public Optional<Seen> look(String actorId) {
        return find(actorId).map(Seen::of);
    }

    @Override
    public Optional<Seen> lookIn(String name, String actorId) {
        return findIn(name, actorId).map(Seen::of);
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return local.list(name, limit);
    }

    @Override
    public CompletionStage<Void> destroy(String actorId) {
        return creating.destroy(actorId);
    }
}
