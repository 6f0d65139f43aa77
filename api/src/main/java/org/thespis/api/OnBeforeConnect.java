package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called before a connection is accepted, with the client's parameters bound to the method's parameter (null if the
 * client sent none). An exception refuses the connection: a {@link UserException} reaches the client whole. Stateless
 * calls pass the same hooks.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnBeforeConnect {}
