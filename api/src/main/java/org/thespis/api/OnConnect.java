package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a connection is listed among {@link ActorContext#connections()}; it may already send to it. The client's
 * parameters are bound to the method's parameter, as with {@link OnBeforeConnect}. An exception refuses the connection as if
 * it had never been: {@link OnDisconnect} is not called for it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnConnect {}
