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
 */
@Stereotype
@ActorScoped
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Actor {

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
}
