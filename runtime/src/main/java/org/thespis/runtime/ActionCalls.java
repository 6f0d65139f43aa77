package org.thespis.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.thespis.runtime.ActorDefinition.ActionMethod;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Runs the actions of one actor and sees to it that each call is answered once. */
final class ActionCalls {

    private final ActorInstance actor;

    /** All calls that are owed an answer: waiting, running, or completing later. */
    private final Set<PendingCall> open = ConcurrentHashMap.newKeySet(1); // small while idle

    ActionCalls(ActorInstance actor) {
        this.actor = actor;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** False if the instance has fallen asleep. Any thread. */
    boolean deliver(Command.Call call) {
        ActionMethod action = actor.definition().action(call.action());
        PendingCall pending = pending(call.clientId(), call.requestId(), action);
        return offer(pending, turn -> {
            LiveConnection connection = actor.connections().live(call.clientId());
            if (connection == null) {
                open.remove(pending); // the client is gone, nobody waits for an answer
            } else {
                invoke(turn, connection, pending, action, call.arguments());
            }
        });
    }

    /** False if the instance has fallen asleep. Any thread. */
    boolean deliver(Command.CallOnce call) {
        ActionMethod action = actor.definition().action(call.action());
        PendingCall pending = pending(call.clientId(), 0, action);
        return offer(pending, turn -> {
            LiveConnection connection = new LiveConnection(call.clientId(), call.parameters(), call.caller(), actor);
            try {
                actor.connector().check(turn, connection);
                pending.endsWithAnswer(connection);
                actor.connector().list(connection);
            } catch (Throwable e) {
                fail(turn, pending, actor.failure(e, "connecting to"));
                return;
            }
            if (call.idempotencyKey() == null || isFirst(turn, pending, call.idempotencyKey())) {
                invoke(turn, connection, pending, action, call.arguments());
            }
        });
    }

    /** Whether a call of that name has never come before; else it is answered as it was then. */
    private boolean isFirst(Turn turn, PendingCall pending, String key) {
        RecentCalls.Answer earlier = actor.recentCalls().find(key);
        if (earlier != null) {
            finish(
                    turn,
                    pending,
                    earlier.error() == null
                            ? new Output.Reply(pending.clientId(), pending.requestId(), earlier.output())
                            : new Output.Failed(
                                    pending.clientId(), pending.requestId(), earlier.error(), actor.origin()));
            return false;
        }
        if (!actor.recentCalls().begin(key)) {
            fail(turn, pending, ActorError.callInProgress());
            return false;
        }
        pending.name(key);
        return true;
    }

    private PendingCall pending(String clientId, long requestId, ActionMethod action) {
        Duration timeout = action == null
                ? actor.services().settings().actionTimeout()
                : action.timeout().orElse(actor.services().settings().actionTimeout());
        return new PendingCall(clientId, requestId, actor.services().nanoTime().getAsLong() + timeout.toNanos());
    }

    /** Lets a low-level request be timed and counted like a call; false if the instance has fallen asleep. Any thread. */
    boolean offer(String clientId, BiConsumer<Turn, PendingCall> body) {
        PendingCall pending = pending(clientId, 0, null);
        return offer(pending, turn -> body.accept(turn, pending));
    }

    private boolean offer(PendingCall pending, ActorInstance.Body body) {
        open.add(pending);
        int limit = actor.services().settings().maxWaitingCalls();
        Mailbox.Offer offer = actor.uncommitted() >= limit
                ? Mailbox.Offer.FULL
                : actor.mailbox().offer(() -> actor.run(turn -> start(turn, pending, body)), limit);
        switch (offer) {
            case FULL -> answerNow(pending, ActorError.overloaded(limit));
            case CLOSED -> open.remove(pending);
            case ACCEPTED -> {}
        }
        return offer != Mailbox.Offer.CLOSED;
    }

    private void start(Turn turn, PendingCall pending, ActorInstance.Body body) {
        if (pending.isAnswered()) {
            return; // its time was over before its turn came
        }
        if (actor.isGone()) {
            fail(turn, pending, actor.ending());
        } else {
            body.run(turn);
        }
    }

    private void invoke(
            Turn turn, LiveConnection connection, PendingCall pending, ActionMethod action, List<Object> arguments) {
        if (action == null) {
            fail(turn, pending, ActorError.actionNotFound());
            return;
        }
        turn.onBehalfOf(connection);
        try {
            Object result = run(turn, connection, action, arguments);
            if (result instanceof CompletionStage<?> stage) {
                answerLater(connection, pending, action, stage);
            } else {
                answer(turn, pending, action, result);
            }
        } catch (Throwable e) {
            fail(turn, pending, actor.failure(e, action.name()));
        }
    }

    /** Runs an action; if it fails and is atomic, what it did is taken back. The result is not a stage that is done. */
    private Object run(Turn turn, LiveConnection connection, ActionMethod action, List<Object> arguments)
            throws Throwable {
        int sent = turn.outputs().size();
        byte[] before = action.atomic() ? actor.document() : null;
        try {
            Object result =
                    action.invoker().invokePlain(actor.bean(), actor.context(), connection, arguments, actor.values());
            return result instanceof CompletableFuture<?> future && future.isDone() ? future.join() : result;
        } catch (Throwable e) {
            if (before != null) {
                actor.restore(before);
                turn.takeBackMessages(sent);
            }
            throw e;
        }
    }

    /** Calls what was planned; nobody waits for an answer. Used in turns. */
    void callPlanned(Plans.Plan plan) {
        ActionMethod action = actor.definition().action(plan.action());
        if (action == null) {
            Failures.log(new IllegalStateException("the action is gone"), plan.action() + ", planned by " + actor);
            return;
        }
        try {
            Object result = run(actor.requireTurn(), null, action, plan.arguments());
            if (result instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, thrown) -> logPlanned(plan, thrown));
            }
        } catch (Throwable e) {
            logPlanned(plan, e);
        }
    }

    private void logPlanned(Plans.Plan plan, Throwable thrown) {
        if (thrown != null) {
            Failures.log(thrown, plan.action() + ", planned by " + actor);
        }
    }

    private void answerLater(
            LiveConnection connection, PendingCall pending, ActionMethod action, CompletionStage<?> stage) {
        stage.whenComplete((result, thrown) -> actor.submit(later -> {
            later.onBehalfOf(connection);
            if (thrown == null) {
                answer(later, pending, action, result);
            } else {
                fail(later, pending, actor.failure(thrown, action.name()));
            }
        }));
    }

    private void answer(Turn turn, PendingCall pending, ActionMethod action, Object result) {
        if (pending.isAnswered() && pending.idempotencyKey() == null) {
            return;
        }
        Object plain;
        try {
            plain = actor.values().plain(beforeResponse(turn, action.name(), result));
        } catch (Throwable e) {
            fail(turn, pending, actor.failure(e, "the result of " + action.name()));
            return;
        }
        actor.recentCalls().end(pending.idempotencyKey(), new RecentCalls.Answer(plain, null), actor.values());
        finish(turn, pending, new Output.Reply(pending.clientId(), pending.requestId(), plain));
    }

    private Object beforeResponse(Turn turn, String action, Object result) throws Throwable {
        Invoker hook = actor.definition().hook(Hook.BEFORE_ACTION_RESPONSE);
        return hook == null
                ? result
                : hook.invokeWith(actor.bean(), actor.context(), turn.connection(), action, result);
    }

    void fail(Turn turn, PendingCall pending, ActorError error) {
        actor.recentCalls().end(pending.idempotencyKey(), new RecentCalls.Answer(null, error), actor.values());
        finish(turn, pending, new Output.Failed(pending.clientId(), pending.requestId(), error, actor.origin()));
    }

    /** Gives the answer unless one was given, and ends the short-lived connection of a stateless call. */
    void finish(Turn turn, PendingCall pending, Output answer) {
        open.remove(pending);
        if (pending.claim()) {
            turn.add(answer);
        }
        if (pending.ending() != null) {
            turn.atEnd(() -> endConnection(pending));
        }
    }

    private void endConnection(PendingCall pending) {
        LiveConnection connection = pending.ending();
        if (!connection.isGone()) {
            connection.leave();
            actor.connector().disconnected(connection);
        }
    }

    /** Tells callers whose time is over; what they called runs on. Any thread. */
    void expire(long nowNanos) {
        if (open.isEmpty()) {
            return; // as it is for most actors most of the time; the loop below would allocate
        }
        for (PendingCall pending : open) {
            if (pending.isOverdue(nowNanos)) {
                answerNow(pending, ActorError.timedOut());
                if (pending.ending() != null) {
                    actor.submit(turn -> endConnection(pending));
                }
            }
        }
    }

    /** Answers outside of a turn: no state of the actor is told. */
    private void answerNow(PendingCall pending, ActorError error) {
        open.remove(pending);
        if (pending.claim()) {
            actor.services()
                    .sink()
                    .deliver(new Output.Failed(pending.clientId(), pending.requestId(), error, actor.origin()));
        }
    }

    /** Answers all calls that were begun and can no longer complete. */
    void abandon(Turn turn) {
        for (PendingCall pending : open) {
            open.remove(pending);
            if (pending.claim()) {
                turn.add(new Output.Failed(pending.clientId(), pending.requestId(), ActorError.gone(), actor.origin()));
            }
        }
    }
}
