package org.thespis.gateway.admission;

import java.util.Optional;
import org.thespis.api.spi.ActorRecord;
import org.thespis.gateway.admission.ActorAddress.ById;
import org.thespis.gateway.admission.ActorAddress.Get;
import org.thespis.gateway.admission.ActorAddress.GetOrCreate;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Caller;

/**
 * The one way in, for HTTP, WebSockets and low-level requests: limits, then origin and host ({@link #check}), then the
 * address, the caller, what the type takes of whom, and whether an actor may be created ({@link #admit}). Only then is a body
 * read. Any thread.
 */
public final class Admission {

    private final GatewaySettings settings;
    private final Quotas quotas;
    private final Origins origins;
    private final Proxies proxies;

    public Admission(GatewaySettings settings, Quotas quotas) {
        this.settings = settings;
        this.quotas = quotas;
        this.origins = new Origins(settings.access());
        this.proxies = new Proxies(settings.access().trustedProxies());
    }

    /** The address of the client behind a request. */
    public String address(RequestHead head) {
        return proxies.address(head);
    }

    /** The bytes that a request may have before its body. */
    public int maxRequestHead() {
        return settings.sizes().head();
    }

    /** What counts for the client behind a request. */
    public ClientQuota quota(RequestHead head) {
        return quotas.of(proxies.client(head), head.caller());
    }

    /**
     * Asks whether the page behind a request, if there is one, may call.
     *
     * @throws ActorException {@code guard.host_not_allowed} or {@code guard.origin_not_allowed}
     */
    public void check(RequestHead head) {
        if (!origins.isOwnHost(head.host())) {
            throw GatewayErrors.hostNotAllowed();
        }
        if (!origins.isAllowed(head.origin(), scheme(head), head.host())) {
            throw GatewayErrors.originNotAllowed();
        }
    }

    private String scheme(RequestHead head) {
        boolean forwarded = head.forwardedProto() != null && proxies.trusts(head.peer());
        return forwarded ? head.forwardedProto().trim() : head.secure() ? "https" : "http";
    }

    /**
     * Asks whether a request may do something: no foreign page stands behind it unseen, and it relies on no token, which nobody
     * here checks.
     *
     * @param moreToken a token that came with the address, or null
     * @return who calls
     */
    public Caller caller(RequestHead head, String moreToken) {
        if (Origins.isForeign(head.origin(), head.fetchSite())) {
            throw GatewayErrors.crossSite();
        }
        if (head.token() != null || moreToken != null) {
            throw GatewayErrors.tokenNotAccepted();
        }
        return head.caller();
    }

    /** Asks whether a caller may list actors: {@code auth.management_closed} if nobody may, else what roles tell. */
    public void requireView(Caller caller) {
        management().requireView(caller);
    }

    /** The same for destroying them. */
    public void requireDestroy(Caller caller) {
        management().requireDestroy(caller);
    }

    private Management management() {
        return settings.access().management();
    }

    /** Asks whether a caller may have an actor of that name created now. */
    public void requireCreation(Caller caller, ClientQuota quota, String name, Relay relay) {
        type(name, relay).requireCreation(caller);
        quota.creation();
    }

    /** Whether a caller may know which actors of that name there are. A store may have some of types of other applications. */
    public boolean mayKnow(Caller caller, String name, Relay relay) {
        return management().mayView(caller)
                || relay.type(name).map(type -> type.isFor(caller)).orElse(false);
    }

    /**
     * Asks whether a caller may know which actors of that name there are.
     *
     * @throws ActorException {@code actor.type_not_found}, or what roles tell
     */
    public void requireKnown(Caller caller, String name, Relay relay) {
        if (!mayKnow(caller, name, relay)) {
            type(name, relay);
            throw new ActorException(ActorError.refused(caller));
        }
    }

    /**
     * Lets a request through to its actor, or refuses it. Looks into the store; creates nothing.
     *
     * @throws ActorException why not
     */
    public Admitted admit(RequestHead head, ClientQuota quota, ActorAddress address, Purpose purpose, Relay relay) {
        Caller caller = caller(head, address.token());
        if (address instanceof GetOrCreate wanted) {
            ActorType type = type(wanted.name(), relay);
            purpose.requireAccess(type, caller);
            purpose.check(type);
            Optional<ActorRecord> found = relay.find(wanted.name(), wanted.key());
            if (found.isEmpty()) {
                requireCreation(caller, quota, wanted.name(), relay);
            }
            return new Admitted(
                    caller, wanted.name(), found.map(ActorRecord::id).orElse(null), wanted);
        }
        if (address instanceof Get get) {
            ActorType wanted = relay.type(get.name()).orElseThrow(() -> new ActorException(ActorError.actorNotFound()));
            purpose.requireAccess(wanted, caller);
        }
        ActorRecord found = find(address, relay).orElseThrow(() -> new ActorException(ActorError.actorNotFound()));
        ActorType type = type(found.name(), relay);
        purpose.requireAccess(type, caller);
        purpose.check(type);
        return new Admitted(caller, found.name(), found.id(), null);
    }

    private static Optional<ActorRecord> find(ActorAddress address, Relay relay) {
        return address instanceof ById byId
                ? relay.find(byId.id())
                : relay.find(((Get) address).name(), ((Get) address).key());
    }

    private static ActorType type(String name, Relay relay) {
        return relay.type(name).orElseThrow(() -> new ActorException(ActorError.typeNotFound()));
    }
}
