package org.thespis.api;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects into an actor what an installation says to its author's code: the entry {@code thespis/actors/TYPE/settings/NAME} of
 * JNDI, where TYPE is the name of the actor.
 *
 * <pre>{@code
 * @Inject @ActorSetting("welcome") String welcome;
 * @Inject @ActorSetting(value = "patience", defaultValue = "30s") Duration patience;
 * }</pre>
 *
 * <p>Of type {@code String}, {@code int}, {@code long}, {@code boolean}, {@link java.time.Duration} (as {@code 1500}
 * milliseconds, {@code 30s}, {@code 5m} or {@code PT30S}) or an enum. Only actor classes, and those that they extend, may inject
 * one. It is read once, when the application starts: one that is missing without a default, or is no such value, refuses the
 * deployment. See {@code docs/settings.md}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface ActorSetting {

    /** In place of a default: the installation must say something. */
    String NONE = "\u0000";

    /** The name below {@code settings}. */
    @Nonbinding
    String value();

    /** What counts if the installation says nothing; written as in an entry. */
    @Nonbinding
    String defaultValue() default NONE;
}
