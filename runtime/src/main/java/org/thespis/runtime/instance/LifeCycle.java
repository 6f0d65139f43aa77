package org.thespis.runtime.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.thespis.api.Durability;
import org.thespis.runtime.commit.DurableState;
import org.thespis.runtime.commit.OutputGate;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.Turns;

/**
 * How one instance of an actor begins and ends. However it ends, it ends in {@link #end}: who waits is told, the clients are
 * closed with their hooks, the bean goes, and then the instance is not found any more.
 */
public final class LifeCycle implements DurableState.Owner {

    private enum Phase {
        /** It is being created or woken. */
        COMING,
        LIVE,
        /** {@code OnSleep} has run or is about to. */
        FALLING_ASLEEP,
        STOPPING,
        /** Its deletion is on its way. */
        DYING,
        ENDED
    }

    /**
     * How an instance is stopped.
     *
     * @param by when its state is given up, on the nano clock
     * @param grace for work that OnSleep begins
     * @param closes whether its clients are closed: else somebody else does that
     */
    private record Stop(long by, Duration grace, boolean closes) {}

    private final ActorInstance actor;
    private final ActorContainer container;

    private volatile Phase phase = Phase.COMING;
    private volatile Ending ending;
    private volatile ActorError lostWith;
    private volatile boolean silent; // the application has stopped
    private volatile Stop stop; // of one that is being stopped
    private volatile Set<Output> farewells = Set.of(); // what clients are told as the actor is destroyed
    private boolean slept; // OnSleep was the last hook; used in turns
    private boolean inOnSleep; // it runs now; used in turns
    private boolean graceGiven; // work that OnSleep began was waited for; used in turns
    private List<Command> late; // what came at the last moment; used by the last turn
    private CompletableFuture<Boolean> deleted; // guarded by this; made when somebody destroys the actor
    private CompletableFuture<Void> ended; // guarded by this; made when somebody waits
    private boolean left; // guarded by this

    LifeCycle(ActorInstance actor, ActorContainer container) {
        this.actor = actor;
        this.container = container;
    }

    /** How the instance ends; null while it lives. Any thread. */
    Ending ending() {
        return ending;
    }

    /** What who comes too late is told; null before OnSleep of a stop, and the end. Any thread. */
    ActorError tooLate() {
        Ending how = ending;
        if (how == null && (phase == Phase.STOPPING || silent)) {
            how = Ending.stopped();
        }
        return how == null ? null : how.waiting();
    }

    /** Whether a changed state is to be written. Used in turns. */
    boolean isWritten() {
        return ending == null && phase != Phase.COMING && actor.durability() != Durability.NONE;
    }

    /** Why it could not start, if it could not; such an actor can still be destroyed. Any thread. */
    public boolean couldNotStart() {
        Ending how = ending;
        return how != null && how.kind() == Ending.Kind.NOT_STARTED;
    }

    private synchronized void to(Phase next) {
        phase = next;
    }

    /** The instance has its state, and its actor is in the store. Used by the first task. */
    void live() {
        to(Phase.LIVE);
    }

    /** Whether its actor is in the store, and nothing is known that would remove it from there. Any thread. */
    public boolean isSettled() {
        return phase != Phase.COMING && ending == null;
    }

    /** Whether it neither comes nor goes. Any thread. */
    public boolean isAwake() {
        return phase == Phase.LIVE;
    }

    // ---- asleep

    /** Lets the actor fall asleep if it is still idle when its turn comes. Any thread. */
    public void fallAsleep() {
        synchronized (this) {
            if (phase != Phase.LIVE) {
                return;
            }
            phase = Phase.FALLING_ASLEEP;
        }
        actor.work().end(grace(), () -> actor.submit(this::sleep));
    }

    /** Whether the timer may let it fall asleep. Any thread. */
    boolean isLive() {
        return phase == Phase.LIVE;
    }

    private Duration grace() {
        return container.services().settings().sleepGrace();
    }

    private boolean isFallingAsleep() {
        return phase == Phase.FALLING_ASLEEP && ending == null;
    }

    private void sleep(Turn turn) {
        if (!isFallingAsleep() || slept) { // of an earlier time that it fell asleep
            return;
        }
        if (!actor.isQuiet()) {
            stayAwake();
            return;
        }
        onSleep();
        slept = true;
        graceGiven = false;
        actor.mailbox().pause(); // nothing of the author's runs between OnSleep and the end, or OnWake
        saveThen(turn, this::leaveIfIdle);
    }

    private void onSleep() {
        inOnSleep = true;
        try {
            actor.author().hookOrLog(Hook.SLEEP, null);
        } finally {
            inOnSleep = false;
        }
    }

    /** Whether {@code OnSleep} runs now. Used in turns. */
    boolean isInOnSleep() {
        return inOnSleep;
    }

    private void saveThen(Turn turn, Turns.Body next) {
        actor.state().ask();
        turn.afterwards(() -> actor.submitAndGoOn(next));
    }

    private void leaveIfIdle(Turn turn) {
        if (!isFallingAsleep() || !slept) { // likewise
            return;
        }
        if (!actor.isQuiet()) {
            stayAwake();
        } else if (!actor.mailbox().isEmpty()) {
            actor.submit(this::leaveIfIdle); // behind what waits; if it is the author's, that wakes the actor
        } else if (!actor.work().isEmpty() && !graceGiven) {
            graceGiven = true;
            actor.work().end(grace(), () -> actor.submit(this::leaveIfIdle));
        } else if (!actor.state().isSettled()) {
            saveThen(turn, this::leaveIfIdle);
        } else if (!actor.mailbox().closeToOwn()) {
            actor.submit(this::leaveIfIdle); // something came just now
        } else {
            end(turn, Ending.asleep());
        }
    }

    /** Something of the author's is about to run. Used in turns. */
    void resume() {
        if (slept && phase == Phase.FALLING_ASLEEP) {
            stayAwake();
        }
    }

    private void stayAwake() {
        to(Phase.LIVE);
        actor.work().goOn();
        if (slept) {
            slept = false;
            actor.author().hookOrLog(Hook.WAKE, null);
        }
    }

    // ---- stopped

    /**
     * Ends the instance, but not the actor, behind the turns that wait. Any thread.
     *
     * @param grace how long its work outside of turns is waited for
     * @return completes when its state is durable and it has left memory
     */
    public CompletableFuture<Void> stop(Duration grace) {
        return stop(grace, false);
    }

    /** As {@link #stop}, as the actor is to live on another node: its clients are closed, and may come back. Any thread. */
    public CompletableFuture<Void> move(Duration grace) {
        return stop(grace, true);
    }

    private CompletableFuture<Void> stop(Duration grace, boolean closes) {
        stop = new Stop(container.services().time().nanoTime() + 2 * grace.toNanos(), grace.dividedBy(2), closes);
        CompletableFuture<Void> done = ended();
        actor.work().end(grace, () -> actor.submit(this::stopNow));
        return done;
    }

    /** The application has stopped: nothing of the author's begins any more. Any thread. */
    public void silence() {
        silent = true;
    }

    boolean isSilent() {
        return silent;
    }

    private void stopNow(Turn turn) {
        if (ending != null || phase == Phase.STOPPING) { // it moves, and the application stops
            return;
        }
        to(Phase.STOPPING);
        graceGiven = false;
        Ending how = Ending.stopped();
        actor.calls().abandon(turn, how.begun(), how.waiting());
        if (stop.closes) {
            actor.closeClients(turn, how);
        } else {
            actor.endClients(turn, how);
        }
        turn.atEnd(
                () -> { // behind OnDisconnect
                    if (!slept && !silent) {
                        onSleep();
                    }
                });
        saveThen(turn, this::leaveWhenSaved);
    }

    private void leaveWhenSaved(Turn turn) {
        if (ending != null) {
            return;
        }
        if (!actor.work().isEmpty() && !graceGiven) {
            graceGiven = true;
            actor.work().end(stop.grace, () -> actor.submit(this::leaveWhenSaved));
        } else if (!actor.state().isSettled()) {
            saveThen(turn, this::leaveWhenSaved);
        } else {
            end(turn, Ending.stopped());
        }
    }

    // ---- lost

    @Override
    public String actorId() {
        return actor.id();
    }

    /** Gives the instance up without its last turns: what they sent is not delivered. Any thread. */
    @Override
    public void lost(ActorError error) {
        synchronized (this) {
            if (lostWith != null || phase == Phase.ENDED) {
                return;
            }
            lostWith = error;
        }
        List<OutputGate.Untold> untold = actor.gate().breakDown(); // first: a turn that sees the end waits for no state
        synchronized (this) {
            ending = phase == Phase.ENDED ? ending : Ending.lost(error);
        }
        actor.work().end(); // at once: the turn that runs may wait for the signal
        tellInstead(untold);
        deletionFailed(error);
        actor.submitAndGoOn(turn -> end(turn, ending));
    }

    /** Tells what is told in place of the output of turns whose state was lost. Any thread. */
    void tellInstead(List<OutputGate.Untold> turns) {
        Ending how = Ending.lost(lostWith);
        tellInstead(turns, how.begun(), how.waiting(), how.closeReason());
    }

    private void tellInstead(List<OutputGate.Untold> turns, ActorError begun, ActorError waiting, String closeReason) {
        for (OutputGate.Untold turn : turns) {
            ActorError error = turn.continuing() ? begun : waiting;
            actor.tell(Refusals.instead(
                    withoutFarewells(turn.outputs(), closeReason),
                    error,
                    closeReason,
                    actor.author().origin()));
        }
    }

    /** Clients of an actor that was not destroyed after all may come back. */
    private List<Output> withoutFarewells(List<Output> outputs, String closeReason) {
        Set<Output> untrue = farewells;
        return untrue.isEmpty()
                ? outputs
                : outputs.stream()
                        .map(output -> output instanceof Output.Closed closed && untrue.contains(closed)
                                ? new Output.Closed(closed.clientId(), Refusals.REFUSED, closeReason)
                                : output)
                        .toList();
    }

    @Override
    public void unsaved(ActorError error) {
        actor.submitAndGoOn(turn -> goOnUnsaved(error));
    }

    private void goOnUnsaved(ActorError error) {
        if (ending != null) {
            return; // what is held waits for the end, which comes
        }
        if (phase == Phase.STOPPING) {
            if (container.services().time().nanoTime() - stop.by >= 0) {
                lost(error);
            } else {
                actor.state().send(); // the outage may be over
            }
            return;
        }
        tellInstead(actor.gate().takeBack(), error, error, error.reason());
        if (isFallingAsleep()) {
            stayAwake();
        }
    }

    // ---- destroyed

    /** Ends the actor for good; false if this instance has ended otherwise meanwhile. Any thread. */
    public CompletableFuture<Boolean> destroy() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Mailbox.Task task = new Mailbox.Task() {
            @Override
            protected void run() {
                actor.run(turn -> destroyFor(turn, done));
            }

            @Override
            protected void dropped() {
                done.complete(false);
            }
        };
        if (!actor.mailbox().submit(task)) {
            done.complete(false);
        }
        return done;
    }

    private void destroyFor(Turn turn, CompletableFuture<Boolean> done) {
        Ending how = ending;
        if (how == null) {
            resume();
            turn.destroy();
        }
        if (how == null || how.kind() == Ending.Kind.DESTROYED) {
            deleted().whenComplete((yes, thrown) -> {
                if (thrown == null) {
                    done.complete(yes);
                } else {
                    done.completeExceptionally(thrown);
                }
            });
        } else {
            done.complete(false);
        }
    }

    /**
     * Ends the actor as part of the present turn, unless it ends already.
     *
     * @return the number of the state in which it is gone, for the output that waits for it
     */
    long destroy(Turn turn) {
        synchronized (this) {
            if (phase == Phase.COMING || ending != null) {
                return 0;
            }
            phase = Phase.DYING;
            ending = Ending.destroyed();
        }
        Ending how = Ending.destroyed();
        actor.work().end();
        actor.author().hookOrLog(Hook.DESTROY, null); // the connections are still listed
        actor.calls().abandon(turn, how.begun(), how.waiting());
        int before = turn.outputs().size();
        actor.closeClients(turn, how);
        farewells = turn.outputs().stream()
                .skip(before)
                .filter(Output.Closed.class::isInstance)
                .collect(Collectors.toUnmodifiableSet());
        turn.afterwards(() -> actor.submitAndGoOn(last -> end(last, how)));
        return turn.isInTransaction()
                ? actor.state().deleteWithTransaction()
                : actor.state().delete();
    }

    private synchronized CompletableFuture<Boolean> deleted() {
        if (deleted == null) {
            deleted = new CompletableFuture<>();
        }
        return deleted;
    }

    private void deletionFailed(ActorError error) {
        CompletableFuture<Boolean> told;
        synchronized (this) {
            told = deleted;
        }
        if (told != null && error.equals(ActorError.restarting())) {
            told.complete(false);
        } else if (told != null) {
            told.completeExceptionally(new ActorException(error));
        }
    }

    // ---- the end

    /** The one end of an instance. Used in turns. */
    void end(Turn turn, Ending how) {
        synchronized (this) {
            if (phase == Phase.ENDED) {
                return;
            }
            phase = Phase.ENDED;
            ending = ending == null ? how : ending;
        }
        actor.author().tell("leaves memory: " + how.kind());
        actor.work().end();
        actor.state().end();
        if (how.kind() != Ending.Kind.ASLEEP) { // then nobody is there
            actor.calls().abandon(turn, how.begun(), how.waiting());
            actor.closeClients(turn, how);
        }
        turn.atEnd(this::leave); // behind the hooks of the clients
    }

    private void leave() {
        if (!silent) {
            actor.author().end();
        }
        late = new ArrayList<>();
        actor.mailbox().close();
        container.remove(actor, late);
        CompletableFuture<Boolean> gone;
        CompletableFuture<Void> told;
        synchronized (this) {
            left = true;
            gone = deleted;
            told = ended;
        }
        if (gone != null) {
            gone.complete(ending.kind() == Ending.Kind.DESTROYED);
        }
        if (told != null) {
            told.complete(null);
        }
    }

    /** Whether a command that was not run goes to the next instance. Called while the mailbox is closed. */
    boolean keepForSuccessor(Command command) {
        return ending.kind() == Ending.Kind.ASLEEP && late.add(command);
    }

    private synchronized CompletableFuture<Void> ended() {
        if (ended == null) {
            ended = left ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        }
        return ended;
    }
}
