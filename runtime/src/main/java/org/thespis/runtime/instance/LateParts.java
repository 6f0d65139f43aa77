package org.thespis.runtime.instance;

import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.call.Calls;
import org.thespis.runtime.call.RecentCalls;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.connection.LiveSockets;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.entry.CollectionsOwner;
import org.thespis.runtime.entry.DurableCollections;
import org.thespis.runtime.schedule.Plans;
import org.thespis.runtime.turn.BackgroundWork;

/**
 * The parts of a live actor that most never use: each is made when it is needed first, and stays. So an idle actor takes less
 * memory. They are made in any thread, and used as each says.
 */
abstract class LateParts implements Calls.Actor, CollectionsOwner {

    // null until it is needed
    private volatile Plans plans;
    private volatile RecentCalls recentCalls;
    private volatile EntriesOfActor entries;
    private volatile BackgroundWork work;
    private volatile LiveSockets sockets;

    private volatile boolean stored; // the store has the actor

    abstract ActorInstance actor();

    // ---- what is planned

    final Plans plans() {
        Plans some = plans;
        return some == null ? makePlans() : some;
    }

    private synchronized Plans makePlans() {
        if (plans == null) {
            plans = new Plans(turns(), author(), services().time().clock(), Behind::callsAs);
        }
        return plans;
    }

    /** When the next plan is due, as this turn left them. Used in turns. */
    final long nextPlan() {
        return plans == null ? Plans.NEVER : plans.next();
    }

    /** When the next plan is due, as the last turn left them. Any thread. */
    final long announcedPlan() {
        return plans == null ? Plans.NEVER : plans.announced();
    }

    /** The turn has ended. Used in turns. */
    final void planTurnOver(boolean more) {
        if (plans != null) {
            plans.turnOver(more);
        }
    }

    /** What the present turn was planned for is not repeated, though the turn is taken back. Used in turns. */
    final void takePlanAgain() {
        if (plans != null) {
            plans.takeAgain();
        }
    }

    // ---- calls with a key

    @Override
    public final RecentCalls recentCalls() {
        RecentCalls some = recentCalls;
        return some == null ? makeRecentCalls() : some;
    }

    private synchronized RecentCalls makeRecentCalls() {
        if (recentCalls == null) {
            recentCalls = new RecentCalls();
        }
        return recentCalls;
    }

    // ---- durable collections

    /** Those of nobody if it has no durable collections. */
    final EntriesOfActor entries() {
        EntriesOfActor some = entries;
        return some == null ? EntriesOfActor.NONE : some;
    }

    private synchronized EntriesOfActor makeEntries() {
        if (entries == null) {
            entries = new EntriesOfActor(actor());
        }
        return entries;
    }

    @Override
    public final DurableCollections collections() {
        return entries().collections();
    }

    @Override
    public final DurableCollections needCollections() {
        return makeEntries().needCollections();
    }

    /** The store has the actor. Used in turns. */
    final void stored() {
        stored = true;
    }

    final boolean isStored() {
        return stored;
    }

    // ---- what keeps it awake

    @Override
    public final BackgroundWork work() {
        BackgroundWork some = work;
        return some == null ? makeWork() : some;
    }

    private synchronized BackgroundWork makeWork() {
        if (work == null) {
            work = new BackgroundWork(turns(), services(), this);
        }
        return work;
    }

    /** Lets go of work that has kept the actor awake for too long. Called by the timer. */
    final void releaseLateWork(long nowNanos) {
        if (work != null) {
            work.releaseLate(nowNanos);
        }
    }

    /** How long {@link #releaseLateWork} has nothing to do; {@code Long.MAX_VALUE} if it never has. Any thread. */
    final long workIdleNanos(long nowNanos) {
        return work == null ? Long.MAX_VALUE : work.idleNanos(nowNanos);
    }

    final LiveSockets sockets() {
        LiveSockets some = sockets;
        return some == null ? makeSockets() : some;
    }

    private synchronized LiveSockets makeSockets() {
        if (sockets == null) {
            sockets = new LiveSockets(turns(), author(), connections(), connector());
        }
        return sockets;
    }

    final boolean hasSockets() {
        return sockets != null && !sockets.isEmpty();
    }

    /** Whether no work outside of turns and no low-level WebSocket keeps the actor awake. Used in turns. */
    final boolean areQuiet() {
        return (work == null || work.isQuiet()) && !hasSockets();
    }

    // ---- the document

    /** What there is of the actor's document besides its fields, in its order. Used in turns. */
    final List<DocumentPart> parts() {
        if (plans == null && recentCalls == null && entries == null) {
            return List.of();
        }
        List<DocumentPart> parts = new ArrayList<>(3);
        add(plans, parts);
        add(recentCalls, parts);
        add(entries, parts);
        return parts;
    }

    private static void add(DocumentPart part, List<DocumentPart> parts) {
        if (part != null) {
            parts.add(part);
        }
    }

    /** Those that a document may have, all but the calls with a key. Used in turns. */
    final List<DocumentPart> partsToSetBack() {
        return List.of(
                new LatePart(Plans.MEMBER, plans, this::plans),
                new LatePart(EntriesOfActor.MEMBER, entries, this::makeEntries));
    }

    /** Those that a document may have. Used in turns. */
    final List<DocumentPart> partsToRead() {
        List<DocumentPart> parts = new ArrayList<>(partsToSetBack());
        parts.add(new LatePart(RecentCalls.MEMBER, recentCalls, this::recentCalls));
        return parts;
    }
}
