package org.thespis.runtime.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thespis.runtime.declaration.AsCaller;

/**
 * Takes the places of the beans by which CDI says who calls: in a turn that is its caller, elsewhere whom they say. Filled while the
 * application is deployed. Any thread.
 */
public final class CallerBeans {

    /** Below that of everybody else who takes such a place, as MicroProfile JWT does. */
    private static final int PRIORITY = 0;

    private static final String SECURITY_CONTEXT = "jakarta.security.enterprise.SecurityContext";
    private static final Type[] PRINCIPAL_TYPES = {Principal.class, Object.class};

    private final EjbModules ejbs = new EjbModules();
    private volatile Bean<?> ofServer; // its SecurityContext; null if it has none here, or none that it told of

    public EjbModules ejbs() {
        return ejbs;
    }

    /** There is a bean of that class. */
    public void found(Bean<?> bean) {
        if (!bean.isAlternative() && isSecurityContext(bean)) {
            ofServer = bean;
        }
    }

    private static boolean isSecurityContext(Bean<?> bean) {
        return bean.getTypes().stream().anyMatch(type -> type.getTypeName().equals(SECURITY_CONTEXT));
    }

    /** What puts the callers of turns into their threads; to be asked for when all EJBs are known. */
    public AsCaller asCaller() {
        return ejbs.isEmpty() ? AsCaller.NOBODY_ASKS : new UserOfTurn(ServerUsers.ofServer(ejbs));
    }

    public void addTo(AfterBeanDiscovery event, BeanManager manager) {
        event.<Principal>addBean()
                .id("org.thespis.Principal")
                .beanClass(CallerBeans.class)
                .types(PRINCIPAL_TYPES)
                .scope(ApplicationScoped.class)
                .alternative(true)
                .priority(PRIORITY)
                .createWith(creational -> new PrincipalOfTurn(outside(manager, Principal.class, null)));
        if (hasSecurity()) {
            addSecurityContext(event, manager);
        }
    }

    private static boolean hasSecurity() {
        try {
            Class.forName(SECURITY_CONTEXT);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private void addSecurityContext(AfterBeanDiscovery event, BeanManager manager) {
        event.<SecurityContext>addBean()
                .id("org.thespis.SecurityContext")
                .beanClass(CallerBeans.class)
                .types(SecurityContext.class, Object.class)
                .scope(ApplicationScoped.class)
                .alternative(true)
                .priority(PRIORITY)
                .createWith(creational -> securityContext(outside(manager, SecurityContext.class, ofServer)));
    }

    /** As a proxy: later versions of the interface have more methods. */
    static SecurityContext securityContext(Supplier<SecurityContext> outside) {
        return (SecurityContext) Proxy.newProxyInstance(
                SecurityContext.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                new SecurityContextOfTurn(outside));
    }

    /** Finds the bean whose place was taken when it is asked for; null if there is none. */
    private static <T> Supplier<T> outside(BeanManager manager, Class<T> type, Bean<?> told) {
        return new OutsideOfTurns<>(manager, type, () -> told == null ? other(manager, type) : told);
    }

    private static Bean<?> other(BeanManager manager, Class<?> type) {
        Set<Bean<?>> others = manager.getBeans(type).stream()
                .filter(bean -> bean.getBeanClass() != CallerBeans.class)
                .collect(Collectors.toSet());
        return manager.resolve(others);
    }
}
