package org.thespis.runtime.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.Subject;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.message.Caller;

/**
 * Payara's: its security context of the thread, in which a role is a group of that name. Its classes are asked for by their
 * names, as no repository has them. Any thread.
 *
 * <p>Threads inherit Payara's context from who starts them, for good: so one that has served its time is nobody's from then on.
 */
final class PayaraUsers implements ServerUsers {

    private static final Logger LOG = System.getLogger(PayaraUsers.class.getName());

    private static final String CONTEXT = "com.sun.enterprise.security.SecurityContext";
    private static final String GROUP = "org.glassfish.security.common.Group";
    private static final MethodType GETTER = MethodType.methodType(Object.class);
    private static final MethodType SETTER = MethodType.methodType(void.class, Object.class);
    private static final MethodType FIELD_SETTER = MethodType.methodType(void.class, Object.class, Object.class);

    private final MethodHandle current;
    private final MethodHandle setCurrent;
    private final MethodHandle nobody;
    private final MethodHandle nobodysSubject;
    private final MethodHandle nobodysPrincipal;
    private final MethodHandle context;
    private final MethodHandle setSubject;
    private final MethodHandle setPrincipal;
    private final MethodHandle group;
    private final AtomicBoolean told = new AtomicBoolean();

    /** @throws ReflectiveOperationException if this is no Payara that we know */
    PayaraUsers() throws ReflectiveOperationException {
        Class<?> contexts = Class.forName(CONTEXT);
        Lookup lookup = MethodHandles.publicLookup();
        current = getter(contexts, "getCurrent");
        nobody = getter(contexts, "getDefaultSecurityContext");
        nobodysSubject = getter(contexts, "getDefaultSubject");
        nobodysPrincipal = getter(contexts, "getDefaultCallerPrincipal");
        setCurrent =
                lookup.unreflect(contexts.getMethod("setCurrent", contexts)).asType(SETTER);
        context = lookup.findConstructor(contexts, MethodType.methodType(void.class, String.class, Subject.class))
                .asType(MethodType.methodType(Object.class, String.class, Subject.class));
        setSubject = setter(contexts, "subject");
        setPrincipal = setter(contexts, "callerPrincipal");
        group = lookup.findConstructor(Class.forName(GROUP), MethodType.methodType(void.class, String.class))
                .asType(MethodType.methodType(Principal.class, String.class));
    }

    private static MethodHandle getter(Class<?> contexts, String name) throws ReflectiveOperationException {
        return MethodHandles.publicLookup().unreflect(contexts.getMethod(name)).asType(GETTER);
    }

    private static MethodHandle setter(Class<?> contexts, String name) throws ReflectiveOperationException {
        try {
            Field field = contexts.getSuperclass().getDeclaredField(name);
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectSetter(field).asType(FIELD_SETTER);
        } catch (InaccessibleObjectException e) {
            throw new NoSuchFieldException(e.getMessage());
        }
    }

    @Override
    public Object callAs(Caller caller, AsCaller.Body body) throws Throwable {
        Object outer;
        Object mine;
        try {
            outer = (Object) current.invokeExact();
            mine = of(caller);
            setCurrent.invokeExact(mine);
        } catch (Throwable e) {
            if (told.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "EJBs are not told who calls the actors that call them", e);
            }
            return body.run();
        }
        try {
            return body.run();
        } finally {
            setCurrent.invokeExact(outer);
            if (caller.name() != null) {
                revoke(mine);
            }
        }
    }

    private Object of(Caller caller) throws Throwable {
        if (caller.name() == null) {
            return (Object) nobody.invokeExact();
        }
        Subject subject = new Subject();
        for (String role : caller.roles()) {
            subject.getPrincipals().add((Principal) group.invokeExact(role));
        }
        return (Object) context.invokeExact(caller.name(), subject);
    }

    private void revoke(Object served) throws Throwable {
        setSubject.invokeExact(served, (Object) nobodysSubject.invokeExact());
        setPrincipal.invokeExact(served, (Object) nobodysPrincipal.invokeExact());
    }
}
