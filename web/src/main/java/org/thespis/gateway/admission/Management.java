package org.thespis.gateway.admission;

import java.util.HashSet;
import java.util.Set;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;

/**
 * Who may list and destroy actors over HTTP. Any thread.
 *
 * @param open whether everybody may
 * @param admins roles of those who may do all of it; none if nobody may
 * @param viewers roles of those who may look only
 */
public record Management(boolean open, Set<String> admins, Set<String> viewers) {

    /** Nobody may, whoever it is. */
    public static final Management CLOSED = new Management(false, Set.of(), Set.of());

    /** Everybody may. */
    public static final Management OPEN = new Management(true, Set.of(), Set.of());

    public Management {
        admins = Set.copyOf(admins);
        viewers = Set.copyOf(viewers);
    }

    /** All roles that it asks for. */
    public Set<String> roles() {
        Set<String> roles = new HashSet<>(admins);
        roles.addAll(viewers);
        return roles;
    }

    boolean mayView(Caller caller) {
        return mayDestroy(caller) || viewers.stream().anyMatch(caller::isInRole);
    }

    private boolean mayDestroy(Caller caller) {
        return open || admins.stream().anyMatch(caller::isInRole);
    }

    void requireView(Caller caller) {
        require(mayView(caller), caller);
    }

    void requireDestroy(Caller caller) {
        require(mayDestroy(caller), caller);
    }

    private void require(boolean may, Caller caller) {
        if (!may) {
            throw roles().isEmpty() ? GatewayErrors.managementClosed() : new ActorException(ActorError.refused(caller));
        }
    }
}
