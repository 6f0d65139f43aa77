package org.thespis.runtime.message;

import java.util.Map;

/**
 * An error as data, in the words of the wire.
 *
 * @param message a sentence that any client may see
 * @param metadata a plain value, or null
 */
public record ActorError(String group, String code, String message, Object metadata) {

    private static final String ACTOR = "actor";
    private static final String GUARD = "guard";
    private static final String AUTH = "auth";

    public static ActorError of(String group, String code, String message) {
        return new ActorError(group, code, message, null);
    }

    /** The error in a close reason: {@code group.code}. */
    public String reason() {
        return group + "." + code;
    }

    /** Anything that is not meant for the caller's eyes; the log has the rest. */
    public static ActorError internal() {
        return of("rivetkit", "internal_error", "An internal error occurred");
    }

    public static ActorError actorNotFound() {
        return of(ACTOR, "not_found", "The actor does not exist");
    }

    /** The name is no actor type of this server. Not a code on which clients retry. */
    public static ActorError typeNotFound() {
        return of(ACTOR, "type_not_found", "No actor type of that name is deployed");
    }

    public static ActorError actionNotFound() {
        return of(ACTOR, "action_not_found", "The actor has no action of that name");
    }

    public static ActorError timedOut() {
        return of(ACTOR, "action_timed_out", "Action timed out");
    }

    /** The instance lost what it did last; what was called was not done. Clients retry on this code. */
    public static ActorError restarting() {
        return of(ACTOR, "restarting", "The actor is being restarted; try again");
    }

    /** What is told a caller who may not. */
    public static ActorError refused(Caller caller) {
        return caller.name() == null ? unauthorized() : forbidden();
    }

    /** Whether who asked may not, whatever it was. */
    public boolean isRefusal() {
        return group.equals(AUTH);
    }

    /** Nobody knows who calls, and not everybody may. Says nothing of what is behind. */
    public static ActorError unauthorized() {
        return of(AUTH, "unauthorized", "Only known users may do that");
    }

    /** Who calls may not. Says nothing of what is behind. */
    public static ActorError forbidden() {
        return of(AUTH, "forbidden", "You may not do that");
    }

    /** What was called was not done, as far as can be told. Clients retry on this code. */
    public static ActorError storeUnavailable() {
        return of(GUARD, "service_unavailable", "The state store is out of reach; try again");
    }

    public static ActorError stateUnreadable(String fault) {
        return of(ACTOR, "state_unreadable", "The stored state does not fit the actor: " + fault);
    }

    public static ActorError createTimedOut() {
        return of(ACTOR, "create_timed_out", "The actor took too long to be created; it was not");
    }

    /** A client waited too long to be let in. */
    public static ActorError connectTimedOut() {
        return of(ACTOR, "connect_timed_out", "The actor took too long to accept the connection");
    }

    /** A hook of the actor runs for so long that what waited behind it was not run. */
    public static ActorError hookTimedOut() {
        return of(ACTOR, "hook_timed_out", "A hook of the actor takes too long; nothing was run");
    }

    public static ActorError callInProgress() {
        return of(ACTOR, "call_in_progress", "A call of that idempotency key is running");
    }

    /** The actors are starting or stopping; nothing was run. Clients retry on this code. */
    public static ActorError unavailable() {
        return of(GUARD, "service_unavailable", "The actors are starting or stopping; try again");
    }

    /** The actor ended while a call was running. Not a code on which clients retry: the call may have had effects. */
    public static ActorError gone() {
        return of(ACTOR, "gone", "The actor ended before the call was answered");
    }

    /** The actor was destroyed before what was called came to its turn. Clients that may create it anew retry on this code. */
    public static ActorError destroyed() {
        return of(ACTOR, "destroyed_while_waiting_for_ready", "The actor was destroyed; nothing was run");
    }

    /** The actor wanted to be destroyed while it was created. Not a code on which clients retry: it would again. */
    public static ActorError notCreated() {
        return of(ACTOR, "create_refused", "The actor did not want to come to be");
    }

    /** What was called was done, and the store does not say whether it counted. Not a code on which clients retry. */
    public static ActorError outcomeUnknown() {
        return of(ACTOR, "outcome_unknown", "The state store does not answer; whether the call counted is not known");
    }

    /** What the turn left cannot be written, so it was taken back. */
    public static ActorError stateUnwritable(String fault) {
        return of(ACTOR, "state_unwritable", "The state cannot be kept, so nothing was done: " + fault);
    }

    /** With what the turn left the state would be longer than it may be, so it was taken back. */
    public static ActorError stateTooLarge(String field, int maxBytes) {
        return new ActorError(
                ACTOR,
                "state_too_large",
                "The state cannot be kept, so nothing was done: with the field " + field + " it is longer than "
                        + maxBytes + " bytes",
                Map.of("field", field, "max_bytes", maxBytes));
    }

    /** What a turn asked of another actor did not leave, as the turn was taken back. */
    public static ActorError takenBack() {
        return of(ACTOR, "taken_back", "The turn that called was taken back; nothing was called");
    }

    /** The transaction of an action did not come through. Nothing was done. */
    public static ActorError rolledBack() {
        return of(ACTOR, "rolled_back", "The transaction of the call was rolled back, so nothing was done");
    }

    /** An action that says that it only reads did not, so what it did was taken back. */
    public static ActorError readOnly(String field) {
        return new ActorError(
                ACTOR,
                "read_only",
                "What only reads changed the field " + field + ", so nothing was done",
                Map.of("field", field));
    }

    /** What is kept row by row could not be read. Not a code on which clients retry: what the call did before stands. */
    public static ActorError entriesUnavailable() {
        return of(
                ACTOR,
                "entries_unavailable",
                "The state store does not answer, so an entry could not be read; what the call did before stands");
    }

    /** What the actor wants to send has no form that can be sent. */
    public static ActorError unencodable(String what) {
        return of("message", "outgoing_unencodable", "What was sent has no form here: " + what);
    }

    /** A call of that idempotency key was another one. */
    public static ActorError idempotencyKeyReused() {
        return of(ACTOR, "idempotency_key_reused", "The idempotency key was used for another call");
    }

    /** The call was done before, and its answer was too large to be kept. */
    public static ActorError answerNotKept() {
        return of(ACTOR, "answer_not_kept", "The call was done before; its answer was too large to be kept");
    }

    public static ActorError invalidKey() {
        return of(ACTOR, "invalid_key", "A key is text: no half of a surrogate pair");
    }

    public static ActorError keyTooLong(int maxBytes) {
        return of(ACTOR, "key_too_long", "A key has at most " + maxBytes + " bytes");
    }

    /** An actor that waits for the call was called by it. */
    public static ActorError callCycle(String chain) {
        return new ActorError(
                ACTOR,
                "call_cycle",
                "The call comes back to an actor that waits for it: " + chain
                        + "; call without waiting (tell), or hand on what the other needs",
                Map.of("chain", chain));
    }

    /** The same for who is behind that actor: the keys of others are not for everybody. */
    public static ActorError callCycleBehind() {
        return of(ACTOR, "call_cycle", "The call comes back to an actor that waits for it; the log has the chain");
    }

    /** So many actors wait for each other already. */
    public static ActorError callChainTooLong(int max) {
        return of(ACTOR, "call_chain_too_long", "More than " + max + " actors would wait for each other");
    }

    /** Who waits inside the server has waited long enough; what was called runs on. */
    public static ActorError callTimedOut(long millis) {
        return of(
                ACTOR,
                "call_timed_out",
                "There was no answer within " + millis + " ms (thespis/call-timeout-millis); the action runs on");
    }

    /** Too much is asked from inside the server at once. */
    public static ActorError tooManyCalls(int max) {
        return of(GUARD, "too_many_calls", "More than " + max + " calls and subscriptions inside the server are open");
    }

    /** What an action returned is not what its caller expects. */
    public static ActorError invalidResult(String action, String fault) {
        return of(ACTOR, "invalid_result", "The result of " + action + ": " + fault);
    }

    /** Events wait for a listener that takes too long. */
    public static ActorError tooSlow(int max) {
        return of("connection", "too_slow", "More than " + max + " events wait for the listener");
    }

    /** The actor closed the connection before the call was run. */
    public static ActorError connectionClosed() {
        return of("connection", "closed", "The actor closed the connection");
    }

    public static ActorError overloaded(int waiting) {
        return of(ACTOR, "overloaded", "The actor already has " + waiting + " calls waiting; nothing was run");
    }

    public static ActorError duplicateKey(String existingId, String key) {
        return new ActorError(
                ACTOR,
                "duplicate_key",
                "An actor with that key exists",
                Map.of("existing_actor_id", existingId, "key", key));
    }

    public static ActorError invalidArgument(int position, String parameter, String fault) {
        return new ActorError(
                ACTOR,
                "invalid_argument",
                "Argument " + position + " (" + parameter + "): " + fault,
                Map.of("position", position, "parameter", parameter));
    }

    public static ActorError noHandler(String what) {
        return of(ACTOR, "handler_not_found", "The actor has no handler for " + what);
    }

    /** The refusal of a subscription, of which a client learns which it was; the connection goes on. */
    public static ActorError ofSubscription(ActorError refusal, String event) {
        return new ActorError(refusal.group(), refusal.code(), refusal.message(), Map.of("event", event));
    }
}
