package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Runs the turns of one actor: the only place where one begins and ends, whatever happens in it. Used by its mailbox. */
public final class TurnRunner implements Turns {

    /** What surrounds each turn of an actor. */
    public interface Frame {

        /** The class loader of the actor's class. */
        ClassLoader classLoader();

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
    private volatile Thread thread;
    private Turn turn; // used by the thread

    public TurnRunner(Mailbox mailbox, Frame frame) {
        this.mailbox = mailbox;
        this.frame = frame;
    }

    @Override
    public Turn require() {
        if (!isInside()) {
            throw new IllegalStateException("use this only inside a turn of " + frame
                    + "; from other threads go through ActorContext.executor()");
        }
        return turn;
    }

    /** Whether this thread is in a turn of the actor. */
    public boolean isInside() {
        return thread == Thread.currentThread();
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
        Turn current = new Turn();
        Thread here = Thread.currentThread();
        ClassLoader outer = here.getContextClassLoader();
        here.setContextClassLoader(frame.classLoader());
        turn = current;
        thread = here;
        try {
            frame.enter();
            try {
                runAndFinish(body, current);
            } finally {
                frame.leave();
            }
        } catch (Throwable e) { // not by an author: the frame catches what those throw
            Logs.log(LOG, Level.ERROR, "a turn of " + frame + " could not be finished", e);
        } finally {
            thread = null;
            turn = null;
            here.setContextClassLoader(outer);
        }
        frame.over(current);
    }

    private void runAndFinish(Body body, Turn current) {
        try {
            body.run(current);
        } catch (Throwable e) {
            frame.broke(e);
        }
        frame.finish(current);
    }
}
