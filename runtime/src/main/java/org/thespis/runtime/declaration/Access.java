package org.thespis.runtime.declaration;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.RoleNames;

/**
 * Who may use something of an actor, as the annotations of Jakarta Annotations say: those of a method in place of those of
 * its class. Any thread.
 *
 * @param roles one of them is needed; null if none is
 */
public record Access(Set<String> roles) {

    /** Nothing is asked. */
    public static final Access EVERYBODY = new Access(null);

    private static final Access NOBODY = new Access(Set.of());

    /** What an installation says. */
    static Access of(RoleNames said) {
        return said.everybody() ? EVERYBODY : new Access(said.names());
    }

    /** That of an actor class as a whole: its own, or that of the nearest superclass that says something. */
    static Access of(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Access own = declared(c, c.getName());
            if (own != null) {
                return own;
            }
        }
        return EVERYBODY;
    }

    /** What a method itself says, or null. */
    static Access declared(Class<?> type, Method method) {
        return declared(method, type.getName() + "." + method.getName());
    }

    private static Access declared(AnnotatedElement element, String where) {
        RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
        boolean nobody = element.isAnnotationPresent(DenyAll.class);
        boolean everybody = element.isAnnotationPresent(PermitAll.class);
        if (Stream.of(allowed != null, nobody, everybody).filter(said -> said).count() > 1) {
            throw new DeclarationException(
                    190, where + " has more than one of @RolesAllowed, @PermitAll and @DenyAll; keep one");
        }
        if (nobody) {
            return NOBODY;
        }
        if (everybody) {
            return EVERYBODY;
        }
        return allowed == null ? null : new Access(Set.of(allowed.value()));
    }

    /** @throws ActorException {@code auth.unauthorized} or {@code auth.forbidden} */
    public void require(Caller caller) {
        if (!permits(caller)) {
            throw new ActorException(ActorError.refused(caller));
        }
    }

    /** As an installation would say it. */
    @Override
    public String toString() {
        return new RoleNames(roles == null, roles == null ? Set.of() : roles).toString();
    }

    /** Whether somebody may. */
    boolean permits(Caller caller) {
        return roles == null || roles.stream().anyMatch(caller::isInRole);
    }
}
