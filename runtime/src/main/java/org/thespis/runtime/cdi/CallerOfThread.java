package org.thespis.runtime.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.function.Supplier;
import org.thespis.runtime.message.Caller;

/** Who is logged in in a thread, as CDI knows it. Any thread. */
final class CallerOfThread implements Supplier<Caller> {

    private static final Logger LOG = System.getLogger(CallerOfThread.class.getName());

    /** As WildFly and Payara, in one case of letters or the other, call a principal that is none. */
    private static final String NOBODY = "anonymous";

    private final BeanManager beans;
    private volatile Bean<?> bean; // found by the first who asks

    private CallerOfThread(BeanManager beans) {
        this.beans = beans;
    }

    static Supplier<Caller> of(BeanManager beans) {
        return new CallerOfThread(beans);
    }

    @Override
    public Caller get() {
        try {
            Bean<?> bean = bean();
            Principal principal =
                    (Principal) beans.getReference(bean, Principal.class, beans.createCreationalContext(bean));
            String name = principal == null ? null : principal.getName();
            return name == null || name.equalsIgnoreCase(NOBODY) ? Caller.ANONYMOUS : new Caller(name);
        } catch (RuntimeException e) { // no request is known in this thread
            LOG.log(Level.TRACE, "nobody is logged in here", e);
            return Caller.ANONYMOUS;
        }
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
