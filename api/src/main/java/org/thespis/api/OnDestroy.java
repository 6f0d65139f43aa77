package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called in the last turn of an actor that is destroyed; its connections are still listed. What that turn answers and sends
 * leaves when the store has removed the actor. If the store stays out of reach the actor is not destroyed: it starts again
 * from its state, and this hook is called again when it is destroyed after all. Not called for an actor that cannot start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDestroy {}
