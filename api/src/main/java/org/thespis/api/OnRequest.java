package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers low-level HTTP requests: takes an {@link ActorRequest} and returns an {@link ActorResponse} or a {@link
 * java.util.concurrent.CompletionStage} of one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnRequest {}
