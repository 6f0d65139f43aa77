package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers low-level HTTP requests: takes an {@link ActorRequest} and returns an {@link ActorResponse} or a {@link
 * java.util.concurrent.CompletionStage} of one. What is not answered within the time limit of actions is told {@code
 * actor.action_timed_out}, and then keeps the actor awake no more, unless its author does ({@link ActorContext#keepAwake}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnRequest {}
