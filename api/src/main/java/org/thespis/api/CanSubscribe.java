package org.thespis.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Decides with its boolean result, or by throwing, whether a connection may subscribe to an event. It only reads {@link
 * State}: nobody looks whether it changed some, as with {@link Action#readOnly()}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CanSubscribe {

    /** The event that the method decides about; by default all events without a method of their own. */
    String value() default "";
}
