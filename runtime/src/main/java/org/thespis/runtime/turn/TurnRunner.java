package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Throwables;

/** Runs the turns of one actor: the only place where one begins and ends, whatever happens in it. Used by its mailbox. */
public final class TurnRunner implements Turns {

    /** What surrounds each turn of an actor. */
    public interface Frame {

        /** The actor. */
        CallChain.Link actor();

        /** The class loader of the actor's class. */
        ClassLoader classLoader();

        /** Runs the turn in this thread, with what the server puts around it. */
        void surround(Runnable inside);

        /** As whom the actor calls others, or null. */
        Caller runAs();

        /** Makes the scope of the actor that of this thread. */
        void enter();

        /** Gives the thread back. */
        void leave();

        /** The body threw; what it did before stands. */
        void broke(Throwable thrown);

        /** Does what is to be done at the end of the turn, and looks at the state that it left. Author's code may run. */
        void finish(Turn turn);

        /** The turn has ended, and the thread is no longer the actor's. */
        void over(Turn turn);
    }

    private static final Logger LOG = System.getLogger(TurnRunner.class.getName());

    private final Mailbox mailbox;
    private final Frame frame;
    private volatile Turn turn; // the one that runs

    public TurnRunner(Mailbox mailbox, Frame frame) {
        this.mailbox = mailbox;
        this.frame = frame;
    }

    @Override
    public Turn require() {
        Turn current = turn;
        if (current == null || !current.isOfThread()) {
            throw new IllegalStateException("use this only inside a turn of " + frame
                    + "; from other threads go through ActorContext.executor()");
        }
        return current;
    }

    /** Whether this thread is in a turn of the actor. */
    public boolean isInside() {
        Turn current = turn;
        return current != null && current.isOfThread();
    }

    @Override
    public void submit(Body body) {
        trySubmit(body);
    }

    /** False if the actor has left memory. Any thread. */
    public boolean trySubmit(Body body) {
        return mailbox.submit(task(body));
    }

    private Mailbox.Task task(Body body) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                TurnRunner.this.run(body);
            }
        };
    }

    /** Queues a turn that must not be lost, and ends a pause of the mailbox. Any thread. */
    public void submitAndGoOn(Body body) {
        mailbox.submitAndGoOn(task(body));
    }

    /** Runs a turn. Called in a task of the mailbox only. */
    public void run(Body body) {
        Turn current = new Turn(frame);
        frame.surround(() -> run(body, current));
        frame.over(current);
    }

    private void run(Body body, Turn current) {
        Thread here = Thread.currentThread();
        ClassLoader outer = here.getContextClassLoader();
        boolean interrupted = Thread.interrupted(); // who interrupts the thread does not mean this actor
        here.setContextClassLoader(frame.classLoader());
        turn = current;
        Turn around = Turn.current(current);
        try {
            frame.enter();
            try {
                runAndFinish(body, current);
            } finally {
                frame.leave();
            }
        } catch (Throwable e) { // not by an author: the frame catches what those throw
            Throwables.log(LOG, Level.ERROR, "a turn of " + frame + " could not be finished", e);
        } finally {
            Turn.current(around);
            turn = null;
            here.setContextClassLoader(outer);
            giveBack(here, interrupted);
        }
    }

    /** An author's code may have left the thread interrupted, which is nobody else's. */
    private static void giveBack(Thread thread, boolean interrupted) {
        if (interrupted) {
            thread.interrupt();
        } else {
            Thread.interrupted();
        }
    }

    private void runAndFinish(Body body, Turn current) {
        try {
            body.run(current);
        } catch (Throwable e) {
            frame.broke(e);
        } finally {
            frame.finish(current);
        }
    }
}
