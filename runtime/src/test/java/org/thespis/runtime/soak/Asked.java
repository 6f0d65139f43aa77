package org.thespis.runtime.soak;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thespis.runtime.message.Output;

/** Something that was asked of an actor, and what was answered. Any thread. */
final class Asked {

    /** What the action does with its token. */
    enum Effect {
        /** It stays in the state if the call was answered. */
        KEPT,
        /** The action throws: a failure tells nothing of the state, so it may be lost with it. */
        MAYBE_KEPT,
        /** It is taken back, as the action throws. */
        TAKEN_BACK,
        /** It stays, also of an actor that is written now and then. */
        SAVED,
        /** Nothing can be said of it. */
        NONE
    }

    /** Codes that say that nothing was done. */
    private static final Set<String> NOTHING_DONE = Set.of(
            "restarting",
            "service_unavailable",
            "overloaded",
            "destroyed_while_waiting_for_ready",
            "not_found",
            "call_in_progress");

    final String actorId;
    final String token;
    final Effect effect;
    final String action;
    final Line line; // null of a stateless call
    final List<Output> answers = new CopyOnWriteArrayList<>();
    final CompletableFuture<Output> first = new CompletableFuture<>();
    volatile Asked retryOf; // the same call, asked before

    Asked(String actorId, String action, String token, Effect effect, Line line) {
        this.actorId = actorId;
        this.action = action;
        this.token = token;
        this.effect = effect;
        this.line = line;
    }

    void answered(Output answer) {
        answers.add(answer);
        first.complete(answer);
    }

    /** Whether it is owed an answer: nobody waits for one any more on a line that is closed. */
    boolean isOwed() {
        return answers.isEmpty() && (line == null || !line.isOver());
    }

    /** The code of the error that was answered; null of a result. */
    String code() {
        return first.getNow(null) instanceof Output.Failed failed
                ? failed.error().code()
                : null;
    }

    boolean isReply() {
        return first.getNow(null) instanceof Output.Reply;
    }

    boolean saysNothingDone() {
        return code() != null && NOTHING_DONE.contains(code());
    }

    /** Whether the action's own exception was answered. */
    boolean isThrown() {
        return "no".equals(code());
    }

    @Override
    public String toString() {
        return action + "(" + token + ") of " + actorId + (line == null ? "" : " by " + line.id) + " -> " + answers;
    }
}
