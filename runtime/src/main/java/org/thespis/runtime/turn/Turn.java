package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.thespis.api.Connection;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.CallContext;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Throwables;

/** What one turn of an actor gathers: its output, and what is to be done at its end. Used by the turn's thread. */
public final class Turn {

    private static final Logger LOG = System.getLogger(Turn.class.getName());

    /** The turn that runs in each thread. */
    private static final ThreadLocal<Turn> CURRENT = new ThreadLocal<>();

    private final TurnRunner.Frame frame;
    private final Thread thread = Thread.currentThread();
    private long needs;
    private List<Output> outputs = new ArrayList<>(4);
    private List<Runnable> epilogue = List.of(); // another from the first task on
    private List<Runnable> afterwards = List.of(); // likewise
    private List<Consumer<ActorError>> undos = List.of(); // likewise
    private int done; // tasks of the epilogue
    private Connection connection;
    private boolean destroying;
    private boolean sleepy;
    private boolean continuing;
    private boolean methodsOnly;
    private CallContext context = CallContext.NONE;
    private StoreTransaction transaction; // null most of the time
    private ActorError spoiled; // why it may not be committed
    private long commitBy; // on the nano clock

    /** What an author may take back: the messages of this turn from here on, and the wish to be destroyed or to sleep. */
    public record Mark(int outputs, boolean destroying, boolean sleepy) {}

    /** @param frame of the actor whose turn it is */
    public Turn(TurnRunner.Frame frame) {
        this.frame = frame;
    }

    boolean isOfThread() {
        return thread == Thread.currentThread();
    }

    /** The output waits for that state, if it does not for a later one. */
    public void needs(long state) {
        needs = Math.max(needs, state);
    }

    /** The number of the state that the output waits for. */
    public long needs() {
        return needs;
    }

    /** The turn of some actor that runs in this thread, or null. */
    public static Turn current() {
        return CURRENT.get();
    }

    /** Makes this the turn of the thread, or null none; returns the one before. */
    static Turn current(Turn turn) {
        Turn outer = CURRENT.get();
        CURRENT.set(turn); // a removed entry would be made anew, a weak reference, for each message
        return outer;
    }

    /** Says who is behind this turn: who called, and the actors that wait for it. */
    public void context(CallContext behind) {
        context = behind;
    }

    /** As whom the actor calls others, whoever called it; null for who called it. */
    public Caller runAs() {
        return frame.runAs();
    }

    /** Who called, as far as the runtime was told: the connection may say it better. */
    public Caller caller() {
        return context.caller();
    }

    /**
     * The actors that would wait for a call that is made now: this one and those that wait for it.
     *
     * @throws ActorException {@code actor.call_chain_too_long}
     */
    public CallChain waiting() {
        return context.chain().with(frame.actor());
    }

    public void add(Output output) {
        outputs.add(output);
    }

    public List<Output> outputs() {
        return outputs;
    }

    /** Puts others in the place of all outputs. */
    public void replaceOutputs(List<Output> others) {
        outputs = new ArrayList<>(others);
    }

    public Mark mark() {
        return new Mark(outputs.size(), destroying, sleepy);
    }

    /** Takes back what was sent and asked since the mark; that clients were closed stands. */
    public void rewind(Mark mark) {
        takeBack(mark.outputs, output -> output instanceof Output.Event || output instanceof Output.SocketSent);
        outputs.subList(mark.outputs, outputs.size())
                .replaceAll(output -> output instanceof Output.Asked asked
                        ? new Output.Failed(asked.clientId(), 0L, ActorError.takenBack(), null)
                        : output);
        destroying = mark.destroying;
        sleepy = mark.sleepy;
    }

    /** Takes back outputs behind the first {@code size}. */
    public void takeBack(int size, Predicate<Output> which) {
        outputs.subList(size, outputs.size()).removeIf(which);
    }

    /** Runs in the turn, after the body, before the output is released. */
    public void atEnd(Runnable task) {
        if (epilogue.isEmpty()) {
            epilogue = new ArrayList<>(2);
        }
        epilogue.add(task);
    }

    /** Whether there is something left to do at the end. */
    public boolean hasEpilogue() {
        return done < epilogue.size();
    }

    /** Does what is left to do at the end, also what the tasks add; one that throws does not keep the others. */
    public void runEpilogue(Consumer<Throwable> broken) {
        while (hasEpilogue()) {
            try {
                epilogue.get(done++).run();
            } catch (Throwable e) {
                broken.accept(e);
            }
        }
    }

    /** Runs when the output has left; in any thread, so it only hands something over. */
    public void afterwards(Runnable task) {
        if (afterwards.isEmpty()) {
            afterwards = new ArrayList<>(1);
        }
        afterwards.add(task);
    }

    /** See {@link #afterwards(Runnable)}. */
    public List<Runnable> afterwards() {
        return afterwards;
    }

    /** Runs in the turn if its state is taken back: for what is not part of that state. Given why. */
    public void ifTakenBack(Consumer<ActorError> undo) {
        if (undos.isEmpty()) {
            undos = new ArrayList<>(1);
        }
        undos.add(undo);
    }

    /** See {@link #ifTakenBack}. */
    public void takenBack(ActorError why) {
        undos.forEach(undo -> undo.accept(why));
    }

    /** The connection on whose behalf the turn runs, or null. */
    public Connection connection() {
        return connection;
    }

    public void onBehalfOf(Connection behalf) {
        connection = behalf;
    }

    /** What this turn answers began in an earlier turn, which counts even if this one does not. */
    public void goesOn() {
        continuing = true;
    }

    public boolean isContinuing() {
        return continuing;
    }

    /** Says that nothing of the author's runs in this turn but methods of the actor that the runtime calls. */
    public void methodsOnly() {
        methodsOnly = true;
    }

    /** See {@link #methodsOnly()}. */
    public boolean isMethodsOnly() {
        return methodsOnly;
    }

    /**
     * The turn is in that transaction from now on.
     *
     * @param by until when it may be committed, on the nano clock
     */
    public void joins(StoreTransaction begun, long by) {
        transaction = begun;
        commitBy = by;
    }

    /** Whether the time in which the transaction may be committed is over. */
    public boolean isTooLateToCommit(long nowNanos) {
        return nowNanos - commitBy >= 0;
    }

    /** Whether it is in a transaction that has not ended. */
    public boolean isInTransaction() {
        return transaction != null;
    }

    /** See {@link #isInTransaction()}; null if it is in none. */
    public StoreTransaction transaction() {
        return transaction;
    }

    /** What the turn did is not to be committed, if it is in a transaction. */
    public void refuseCommit(ActorError why) {
        spoiled = transaction == null ? null : why;
    }

    /** Why it may not be committed; null if nothing was said against it. */
    public ActorError refusedCommit() {
        return spoiled;
    }

    /** The transaction has ended. */
    public void transactionOver() {
        transaction = null;
        spoiled = null;
    }

    /** Rolls the transaction back, if it is in one. Throws nothing. */
    public void rollBack() {
        if (transaction != null) {
            StoreTransaction open = transaction;
            transactionOver();
            try {
                open.rollback();
            } catch (RuntimeException | Error e) { // not by one that does as it says; the turn has more to take back
                Throwables.log(LOG, Level.ERROR, "a transaction could not be rolled back", e);
            }
        }
    }

    /** What the turn did is taken back, and with it the wish to be destroyed or to sleep. */
    public void livesOn() {
        destroying = false;
        sleepy = false;
    }

    /** The author wants the actor to leave memory as soon as it may. */
    public void sleep() {
        sleepy = true;
    }

    public boolean isSleepy() {
        return sleepy;
    }

    /** The author wants the actor to be destroyed with this turn. */
    public void destroy() {
        destroying = true;
    }

    public boolean isDestroying() {
        return destroying;
    }
}
