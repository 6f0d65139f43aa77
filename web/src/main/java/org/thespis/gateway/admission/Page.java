package org.thespis.gateway.admission;

import java.util.Collection;
import org.thespis.runtime.Relay;
import org.thespis.runtime.settings.OriginNames;

/**
 * The web page behind a request, if there is one: whether it may call an actor is for the type to say, which is known late. Any
 * thread.
 */
public final class Page {

    private final Origins origins;
    private final String origin; // null if there is none
    private final String scheme;
    private final String host;
    private volatile boolean allowed;

    /** @param scheme that the client has used to reach this server */
    Page(Origins origins, RequestHead head, String scheme) {
        this.origins = origins;
        this.origin = head.origin();
        this.scheme = scheme;
        this.host = head.host();
        this.allowed = origins.isAllowed(origin, scheme, host);
    }

    /** Its origin, or null. */
    public String origin() {
        return origin;
    }

    /** Whether it may call, and read the answer, as far as is known now: until a type is asked, what is said of all counts. */
    public boolean isAllowed() {
        return allowed;
    }

    /** Whether it may call something, if not all: actors of a type that has origins of its own. */
    boolean isAllowed(Collection<OriginNames> ofTypes) {
        return allowed || ofTypes.stream().anyMatch(this::isAmong);
    }

    private boolean isAmong(OriginNames own) {
        return origins.isAllowed(origin, scheme, host, own.names());
    }

    /** Asked before it calls, of what is known only when it does: it is let through to be asked again. */
    public void announce() {
        allowed = true;
    }

    /** Whether it may call actors of a type. One of these lets it read the answer. */
    public boolean mayCall(String type, Relay relay) {
        boolean may = decide(type, relay);
        allowed |= may;
        return may;
    }

    /**
     * Asks the same for all that it wants.
     *
     * @throws org.thespis.runtime.message.ActorException {@code guard.origin_not_allowed}, which the page cannot read either
     */
    public void require(String type, Relay relay) {
        allowed = decide(type, relay);
        if (!allowed) {
            throw GatewayErrors.originNotAllowed();
        }
    }

    private boolean decide(String type, Relay relay) {
        return origin == null
                || relay.limits(type)
                        .origins()
                        .map(this::isAmong)
                        .orElseGet(() -> origins.isAllowed(origin, scheme, host));
    }
}
