package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a connection is gone and no longer listed, at the end of the turn in which it went. What is sent to it has no
 * effect.
 *
 * <p>Called once for each connection, also for the short-lived one of a stateless call, that {@link OnConnect} has let in,
 * however it ends: its client leaves, an author disconnects it, the actor is destroyed (behind {@link OnDestroy}), the
 * application stops (before {@link OnSleep}, so what it changes in the state is saved), or the instance is given up because
 * another one wrote the state or it could not be written (what it changes is thrown away with the rest). Not called for
 * connections that a hook refused, for low-level sockets, nor if the server is killed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDisconnect {}
