package org.thespis.runtime.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.SecurityContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thespis.runtime.message.Caller;

/** Who is logged in in a thread, as CDI knows it. Any thread. */
final class CallerOfThread implements Supplier<Caller> {

    private static final Logger LOG = System.getLogger(CallerOfThread.class.getName());

    /** As WildFly and Payara, in one case of letters or the other, call a principal that is none. */
    private static final String NOBODY = "anonymous";

    private final BeanManager beans;
    private final Supplier<Set<String>> roles;
    private volatile Bean<?> bean; // found by the first who asks

    private CallerOfThread(BeanManager beans, Supplier<Set<String>> roles) {
        this.beans = beans;
        this.roles = roles;
    }

    /** @param roles that it is asked for */
    static Supplier<Caller> of(BeanManager beans, Supplier<Set<String>> roles) {
        return new CallerOfThread(beans, roles);
    }

    @Override
    public Caller get() {
        try {
            Bean<?> bean = bean();
            Principal principal =
                    (Principal) beans.getReference(bean, Principal.class, beans.createCreationalContext(bean));
            String name = principal == null ? null : principal.getName();
            return name == null || name.equalsIgnoreCase(NOBODY) ? Caller.ANONYMOUS : new Caller(name, itsRoles());
        } catch (RuntimeException e) { // no request is known in this thread
            LOG.log(Level.TRACE, "nobody is logged in here", e);
            return Caller.ANONYMOUS;
        }
    }

    private Set<String> itsRoles() {
        Set<String> asked = roles.get();
        if (asked.isEmpty()) {
            return asked;
        }
        Bean<?> known = beans.resolve(beans.getBeans(SecurityContext.class));
        if (known == null) {
            return Set.of();
        }
        SecurityContext security = (SecurityContext)
                beans.getReference(known, SecurityContext.class, beans.createCreationalContext(known));
        return asked.stream().filter(security::isCallerInRole).collect(Collectors.toSet());
    }

    private Bean<?> bean() {
        Bean<?> known = bean;
        if (known == null) {
            known = beans.resolve(beans.getBeans(Principal.class));
            bean = known;
        }
        return known;
    }
}
