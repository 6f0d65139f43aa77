package org.thespis.runtime.message;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The actors that wait for a call, the first caller first. Immutable; each is in it once. */
public record CallChain(List<Link> links) {

    /** Nobody but somebody outside of all actors waits. */
    public static final CallChain EMPTY = new CallChain(List.of());

    /** Actors that may wait for each other. */
    public static final int MAX_LENGTH = 64;

    /**
     * One of them.
     *
     * @param actor names it for people
     */
    public record Link(String actorId, String actor) {}

    /**
     * This chain with one more that waits, unless it does already.
     *
     * @throws ActorException {@code actor.call_chain_too_long}
     */
    public CallChain with(Link link) {
        if (links.contains(link)) {
            return this;
        }
        if (links.size() >= MAX_LENGTH) {
            throw new ActorException(ActorError.callChainTooLong(MAX_LENGTH));
        }
        List<Link> more = new ArrayList<>(links.size() + 1);
        more.addAll(links);
        more.add(link);
        return new CallChain(List.copyOf(more));
    }

    /** @throws ActorException {@code actor.call_cycle} if that actor waits already */
    public void requireNot(String actorId) {
        for (Link link : links) {
            if (link.actorId.equals(actorId)) {
                throw new ActorException(ActorError.callCycle(text(link)));
            }
        }
    }

    private String text(Link again) {
        return Stream.concat(links.stream(), Stream.of(again)).map(Link::actor).collect(Collectors.joining(" -> "));
    }
}
