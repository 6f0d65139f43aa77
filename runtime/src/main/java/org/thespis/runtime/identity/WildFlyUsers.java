package org.thespis.runtime.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.message.Caller;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.authz.RoleMapper;
import org.wildfly.security.authz.Roles;

/** WildFly's: an identity in the security domain of each module with EJBs. Any thread. */
final class WildFlyUsers implements ServerUsers {

    private static final Logger LOG = System.getLogger(WildFlyUsers.class.getName());

    private final EjbModules modules;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile List<SecurityDomain> domains; // null until all modules have started

    WildFlyUsers(EjbModules modules) {
        this.modules = modules;
        SecurityDomain.class.getName(); // fails where there is none
    }

    @Override
    public Object callAs(Caller caller, AsCaller.Body body) throws Throwable {
        SecurityIdentity[] identities = identities(caller);
        if (identities.length == 0) {
            return body.run();
        }
        Throwable[] thrown = new Throwable[1];
        Object result = SecurityIdentity.runAsAll(
                (PrivilegedExceptionAction<Object>)
                        () -> { // which would wrap what is thrown
                            try {
                                return body.run();
                            } catch (Throwable e) {
                                thrown[0] = e;
                                return null;
                            }
                        },
                identities);
        if (thrown[0] != null) {
            throw thrown[0];
        }
        return result;
    }

    private SecurityIdentity[] identities(Caller caller) {
        try {
            List<SecurityDomain> known = domains();
            SecurityIdentity[] identities = new SecurityIdentity[known.size()];
            for (int i = 0; i < identities.length; i++) {
                identities[i] = identity(known.get(i), caller);
            }
            return identities;
        } catch (RuntimeException | LinkageError e) {
            if (told.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "EJBs are not told who calls the actors that call them", e);
            }
            return new SecurityIdentity[0];
        }
    }

    private static SecurityIdentity identity(SecurityDomain domain, Caller caller) {
        return caller.name() == null
                ? domain.getAnonymousSecurityIdentity()
                : domain.createAdHocIdentity(caller.name())
                        .withDefaultRoleMapper(RoleMapper.constant(Roles.fromSet(caller.roles())));
    }

    private List<SecurityDomain> domains() {
        List<SecurityDomain> known = domains;
        return known == null ? findDomains() : known;
    }

    private List<SecurityDomain> findDomains() {
        List<SecurityDomain> found = new ArrayList<>(1);
        boolean all = true;
        for (ClassLoader module : modules.loaders()) {
            SecurityDomain domain = domain(module);
            all &= domain != null;
            if (domain != null && !found.contains(domain)) {
                found.add(domain);
            }
        }
        if (all) {
            domains = found;
        }
        return found;
    }

    /** WildFly says it by the class loader of the thread. */
    private static SecurityDomain domain(ClassLoader module) {
        Thread here = Thread.currentThread();
        ClassLoader outer = here.getContextClassLoader();
        here.setContextClassLoader(module);
        try {
            return SecurityDomain.getCurrent();
        } finally {
            here.setContextClassLoader(outer);
        }
    }
}
