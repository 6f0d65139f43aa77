package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called after each action with its name and its result, as {@code (String action, Object result)}; what it returns is
 * sent instead of the result. It only reads {@link State}, as with {@link Action#readOnly()}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnBeforeActionResponse {}
