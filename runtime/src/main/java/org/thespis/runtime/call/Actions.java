package org.thespis.runtime.call;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.declaration.Invoker;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.turn.Turn;

/** Runs the actions of one actor, all or nothing if they are atomic or transactional. Used in turns. */
final class Actions {

    /** Tells the state as it is between two methods of the actor, and sets it back. */
    interface State {

        /** What to set back to. */
        byte[] beforeAction();

        /**
         * Sets the state back, all but what callers were answered.
         *
         * @throws RuntimeException if that cannot be; then the instance is given up
         */
        void restore(byte[] document);

        /**
         * Has the turn be in a transaction from now on, when all that the actor did before is durable. Waits for that.
         *
         * @throws ActorException if none can be begun
         */
        void beginTransaction(Turn turn, ActionMethod action);
    }

    /** In place of a result while a stage has not completed yet. */
    static final Object LATER = new Object();

    private Actions() {}

    /**
     * Runs an action.
     *
     * @param later told of the outcome of a stage that has not completed yet
     * @return a plain value, or {@link #LATER}
     * @throws Throwable if it failed; then, if it is atomic or transactional, what it did was taken back
     */
    static Object run(
            Author author,
            State state,
            Turn turn,
            LiveConnection connection,
            ActionMethod action,
            List<Object> arguments,
            Consumer<Completion> later)
            throws Throwable {
        if (!action.atomic()) {
            return call(author, turn, connection, action, arguments, later);
        }
        Turn.Mark mark = turn.mark();
        byte[] before = state.beforeAction();
        if (action.transactional()) {
            begin(state, turn, action);
        }
        try {
            Object result = call(author, turn, connection, action, arguments, done -> {});
            if (result == LATER) {
                throw new IllegalStateException("what is atomic ends in its turn, and its stage has not completed");
            }
            return result;
        } catch (Throwable e) {
            turn.rollBack();
            turn.rewind(mark);
            state.restore(before);
            throw e;
        }
    }

    private static void begin(State state, Turn turn, ActionMethod action) {
        try {
            state.beginTransaction(turn, action);
        } catch (ActorException e) {
            throw new NotBegunException(e.error());
        }
    }

    private static Object call(
            Author author,
            Turn turn,
            LiveConnection connection,
            ActionMethod action,
            List<Object> arguments,
            Consumer<Completion> later)
            throws Throwable {
        Object result = action.readOnly()
                ? author.callToRead(action.invoker(), connection, arguments)
                : author.call(action.invoker(), connection, arguments);
        if (result instanceof CompletionStage<?> stage) {
            Completion completion = Completion.follow(stage, later);
            if (completion == null) {
                return LATER;
            }
            result = completion.result();
        }
        return answer(author, turn, action, result);
    }

    /** What is answered, as a plain value: it can harm nobody any more. */
    static Object answer(Author author, Turn turn, ActionMethod action, Object result) throws Throwable {
        Invoker hook = author.definition().hook(Hook.BEFORE_ACTION_RESPONSE);
        Object changed = hook == null ? result : author.callWith(hook, turn.connection(), action.name(), result);
        try {
            return author.values().plain(changed);
        } catch (Throwable e) { // a getter may throw anything, a cycle overflows the stack
            throw new UnwritableException(e);
        }
    }

    /** The action was not run, as there was no transaction for it. */
    static final class NotBegunException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ActorError error;

        private NotBegunException(ActorError error) {
            super(error.message());
            this.error = error;
        }

        ActorError error() {
            return error;
        }
    }

    /** A result cannot be written. */
    static final class UnwritableException extends Exception {

        private static final long serialVersionUID = 1L;

        private UnwritableException(Throwable cause) {
            super("the result cannot be written", cause);
        }
    }
}
