package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called at the end of each turn that changed a {@link State} field, whatever the durability; it may change the state and
 * send events. What is planned, and what is kept of calls with idempotency keys, is no state of the author's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStateChange {}
