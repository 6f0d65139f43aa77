package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.Callers.Known;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.token.TokenErrors;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.PackedRequest;

/** Takes the fresh tokens of one connection whose client said that it has some, one at a time. Any thread. */
final class Renewal {

    /** What a client offers, as a subprotocol, that renews its tokens. */
    static final String OFFER = "thespis_token_renewal";

    /** Tokens that a connection may send in a row, and then one in each period. */
    static final int MAX_IN_A_ROW = 5;

    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = System.getLogger(Renewal.class.getName());

    /** The connection whose tokens they are. */
    interface Owner {

        /** It is known anew: so is all that the actor hears of the client from now on. Waits for no turn of the actor's. */
        void renewed(Known fresh);

        /** Behind that; the actor may still have to hear of it. */
        void tellRenewed();

        /** A token was not taken; the one before counts on. */
        void notRenewed(ActorError why);

        /** The connection ends: its token is that of somebody else, or its user has logged out. */
        void ends(ActorError why);
    }

    private final Renewals all;
    private final PackedRequest request;
    private final Standing standing;
    private int left = MAX_IN_A_ROW; // guarded by this
    private long leftAt = System.nanoTime(); // guarded by this
    private boolean running; // guarded by this

    /** @param request by which the client came */
    Renewal(Renewals all, PackedRequest request, Standing standing) {
        this.all = all;
        this.request = request;
        this.standing = standing;
    }

    /** A token has come. Does not wait. */
    void take(String token, Owner owner) {
        take(token, owner, System.nanoTime());
    }

    void take(String token, Owner owner, long now) {
        Known before = standing.known();
        try {
            if (before == null) {
                throw TokenErrors.notByToken();
            }
            begin(now);
        } catch (ActorException e) {
            owner.notRenewed(e.error());
            return;
        }
        try {
            all.run(() -> check(token, before, owner));
        } catch (ActorException e) {
            done();
            owner.notRenewed(e.error());
        }
    }

    private synchronized void begin(long now) {
        long periods = Math.min(MAX_IN_A_ROW, (now - leftAt) / PERIOD_NANOS);
        if (periods > 0) {
            left = (int) Math.min(MAX_IN_A_ROW, left + periods);
            leftAt = now;
        }
        if (running || left == 0) {
            throw GatewayErrors.tooManyTokens();
        }
        left--;
        running = true;
    }

    private synchronized void done() {
        running = false;
    }

    private void check(String token, Known before, Owner owner) {
        boolean renewed = false;
        ActorError why = null;
        try {
            Known fresh = all.check(request, before, token);
            renewed = standing.goesOn(fresh); // else it ran out, or the user has logged out meanwhile
            if (renewed && all.isLoggedOut(fresh)) { // since it was checked: who looked for it saw the one before
                throw new ActorException(TokenErrors.loggedOut());
            }
            if (renewed) {
                owner.renewed(fresh);
            }
        } catch (ActorException e) {
            why = e.error();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a fresh token could not be checked", e);
            why = ActorError.internal();
        } finally {
            done(); // before the client is told, which may have another then
        }
        if (why != null) {
            tell(why, renewed, owner);
        } else if (renewed) {
            owner.tellRenewed();
        }
    }

    /** @param renewed whether the one before counts no more */
    private void tell(ActorError why, boolean renewed, Owner owner) {
        if (renewed || TokenErrors.isOfAnotherUser(why)) {
            standing.end();
            owner.ends(why);
        } else {
            owner.notRenewed(why);
        }
    }
}
