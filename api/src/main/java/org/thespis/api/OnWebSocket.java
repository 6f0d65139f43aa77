package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes low-level WebSockets, which carry whatever the client and the actor agree on. Called once for each, with the
 * {@link ActorWebSocket}; broadcasts and {@link Connection#send} do not reach it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnWebSocket {}
