package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called once in an actor's life, before anything else, with the input of its creation bound to the parameter (null
 * without input). An exception refuses the creation, and so does {@link ActorContext#destroy}: then nothing is stored, and
 * the next who asks for the key tries again. Of many who ask for a new key at once one creates the actor on a server, the
 * others wait for it. When {@code create-timeout-millis} is over before the actor is stored, it does not come to be.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnCreate {}
