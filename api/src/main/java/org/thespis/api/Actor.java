package org.thespis.api;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class an actor type: a CDI bean of which the runtime keeps one instance per key.
 *
 * <p>One turn (an action, a hook, a low-level message) runs at a time in an instance, so its fields need no locks;
 * different instances run in parallel. The class may stand in EAR/lib, in an ejb-jar or in a WAR, without beans.xml.
 *
 * <p>An installation may say otherwise for each type without a change of the class, by entries of JNDI such as {@code
 * thespis/actors/chatRoom/sleep-timeout-millis}; see {@code docs/settings.md}. What is said nowhere is as for all actors. A value
 * that is out of range refuses the deployment.
 */
@Stereotype
@ActorScoped
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Actor {

    /** A time that does not come, for {@link #sleepTimeoutMillis}. */
    long NEVER = -1;

    /** The name that clients use; by default the simple class name with a small first letter. */
    String value() default "";

    /**
     * Time in milliseconds after which a caller is told {@code actor.action_timed_out}; an answer that comes later is none.
     * The action itself runs on, and keeps the actor awake until what it returned has completed, 10 minutes longer at most.
     * 0 takes the default of the runtime, 60,000.
     */
    long actionTimeoutMillis() default 0;

    /** When the state is written to the store. */
    Durability durability() default Durability.COMMIT;

    /**
     * Time in milliseconds that {@link OnCreate} has until who creates the actor is told {@code actor.create_timed_out}; the
     * actor does not come to be. 0 takes the default of the runtime, 30,000.
     */
    long createTimeoutMillis() default 0;

    /**
     * Time in milliseconds that the hooks of a connection or low-level WebSocket have, the wait for their turn included, until
     * who connects is told {@code actor.connect_timed_out}. 0 takes the default of the runtime, 60,000.
     */
    long connectTimeoutMillis() default 0;

    /**
     * Time in milliseconds that any other hook than {@link OnCreate} has until the calls that wait behind it are told {@code
     * actor.hook_timed_out}; nothing of them is run. The hook itself runs on, and the actor waits for it; the log says where it
     * is. 0 takes the default of the runtime, 30,000.
     */
    long hookTimeoutMillis() default 0;

    /**
     * Time in milliseconds without connection, turn or open call after which an actor leaves memory; {@link #NEVER} keeps it
     * there once it is awake. 0 takes the default of the runtime, 30,000.
     */
    long sleepTimeoutMillis() default 0;

    /**
     * Time in milliseconds that an actor which falls asleep gives the work that it named with {@link ActorContext#waitUntil}.
     * 0 takes the default of the runtime, 15,000.
     */
    long sleepGraceMillis() default 0;

    /**
     * Calls that may wait in one actor, for their turn or for a stage to complete; one more is answered {@code
     * actor.overloaded}. 0 takes the default of the runtime, 1,000.
     */
    int maxWaitingCalls() default 0;

    /** Events that one connection may subscribe to. 0 takes the default of the runtime, 1,000. */
    int maxSubscriptions() default 0;

    /**
     * Length in bytes of the stored document of one actor, and of one entry of a durable collection, at least 1,024; what a
     * turn did that would pass it is taken back. 0 takes the default of the runtime, 16 MiB.
     */
    int maxStateBytes() default 0;

    /**
     * Length in bytes of the entries of durable collections that one actor keeps in memory behind its turns; 0 for none. -1
     * takes the default of the runtime, 1 MiB.
     */
    int entryCacheBytes() default -1;

    /**
     * Time in milliseconds that a turn waits for entries of durable collections to be read; then it is told {@code
     * actor.entries_unavailable}. 0 takes the default of the runtime, 5,000.
     */
    long entryReadTimeoutMillis() default 0;

    /**
     * The JNDI name of the data source that keeps the actors of this type. What another one has of them is not looked for. Empty
     * for the one of all actors.
     */
    String dataSource() default "";

    /**
     * The JNDI name of an executor on which all turns of this type run, such as {@code
     * java:comp/DefaultManagedExecutorService} or a managed executor of its own, so that actors that take long keep nobody
     * else's threads; with it no turn runs in the thread that brings a message. Empty for the threads that all actors share.
     */
    String executor() default "";
}
