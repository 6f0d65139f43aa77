package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that clients may call by name.
 *
 * <p>Arguments are positional and bound by JSON-B to the declared parameter types, generics included; a last varargs
 * parameter takes the rest. {@link ActorContext}, {@link Connection} and {@link java.security.Principal} are filled in
 * by the runtime. Only a primitive parameter, or one of Bean Validation's {@code @NotNull}, is mandatory: whatever else
 * the caller leaves out is null (an empty {@code Optional}); what the caller gives beyond the parameters is ignored, as in
 * JavaScript. Who gives what does not fit is told {@code actor.invalid_argument} with the argument and the member. The result is a value, {@code void}, or a {@link
 * java.util.concurrent.CompletionStage} whose value answers the call when it completes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Action {

    /** The name that clients use, also a nested one such as {@code users.add}; by default the method's name. */
    String value() default "";

    /** Time limit in milliseconds, see {@link Actor#actionTimeoutMillis()}; 0 takes the actor's. */
    long timeoutMillis() default 0;

    /**
     * All or nothing: if the action throws, or its result cannot be written, the {@link State} fields are set back to new
     * copies of what they were before, nothing that the action sent is delivered, and it does not destroy the actor. Without
     * it a turn keeps what it did before it threw. Fields that are not state, and connections that the action closed, stay
     * as they are. A stage that has not completed when the action
     * returns is a failure: what comes later is in another turn. Costs one writing of the state for each call.
     */
    boolean atomic() default false;

    /**
     * Says that the action changes no {@link State} field: then nobody looks whether it did, so that its cost does not grow
     * with the state. What it does change all the same is not written before another turn is looked at, and a crash or sleep
     * may lose it; with the setting {@code verify-state=always} the caller is told the name of the field instead, and the
     * change is taken back. It may send events, plan calls and close connections.
     */
    boolean readOnly() default false;

    /**
     * Runs the action in a JTA transaction that the state is written in, too: rows that the action writes in the same data
     * source (or, with XA, in others), messages that it sends by JMS, and the {@link State} of the actor are committed
     * together, or none of them is. What the action sends and answers leaves after that commit. It is rolled back, and all is
     * taken back as {@link #atomic} says, if the action throws, if somebody calls {@code setRollbackOnly}, if the commit
     * fails, or if the time limit is over; then the caller is told {@code actor.rolled_back}, or what was thrown. Hooks that
     * the action causes, such as {@link OnStateChange}, run in the transaction.
     *
     * <p>The action has one thread, and what it does it does before it returns: a {@code CompletionStage} is refused at
     * deployment. It may not begin or end transactions itself; {@code @Transactional(REQUIRES_NEW)} beans may. Needs {@link
     * Durability#COMMIT} and a data source that takes part in JTA transactions. See {@code docs/transactions.md}.
     */
    boolean transactional() default false;

    /**
     * Says that the action waits for nothing: no lock, no file, no database, no other server, and no long calculation; nor do the hooks
     * that it causes. On a server that hands messages over on the threads that read from the sockets, as WildFly does with {@code
     * server-config/wildfly/event-loop.cli}, it runs there, without the way to another thread and back, if its actor is awake and does
     * nothing else at that moment, and has no durable collections, which are read from the store. All others are run by threads of the runtime, as what they wait for would hold up other clients:
     * that is what happens if the action waits all the same. Not together with {@link #transactional}.
     */
    boolean nonBlocking() default false;
}
