package org.thespis.runtime.call;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.declaration.Invoker;
import org.thespis.runtime.turn.Turn;

/** Runs the actions of one actor, all or nothing if they are atomic. Used in turns. */
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
    }

    /** In place of a result while a stage has not completed yet. */
    static final Object LATER = new Object();

    private Actions() {}

    /**
     * Runs an action.
     *
     * @param later told of the outcome of a stage that has not completed yet
     * @return a plain value, or {@link #LATER}
     * @throws Throwable if it failed; then, if it is atomic, what it did was taken back
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
        try {
            Object result = call(author, turn, connection, action, arguments, done -> {});
            if (result == LATER) {
                throw new IllegalStateException("what is atomic ends in its turn, and its stage has not completed");
            }
            return result;
        } catch (Throwable e) {
            turn.rewind(mark);
            state.restore(before);
            throw e;
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

    /** A result cannot be written. */
    static final class UnwritableException extends Exception {

        private static final long serialVersionUID = 1L;

        private UnwritableException(Throwable cause) {
            super("the result cannot be written", cause);
        }
    }
}
