package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called before the instance leaves memory, because it was idle or the application stops; what it changes in the state is
 * saved, and work that it names with {@link ActorContext#waitUntil} is waited for, as are tasks that it gives to {@link
 * ActorContext#executor} of an idle actor. If somebody comes at that moment, the same instance goes on, and {@link OnWake} is called before anything else. Not called when the actor is destroyed or its
 * instance is given up, nor if the server is killed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnSleep {}
