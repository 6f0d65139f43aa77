package org.thespis.runtime.identity;

import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers for a {@link SecurityContext}: in a turn with its caller, elsewhere and what concerns web pages as the server does. Any
 * thread.
 */
final class SecurityContextOfTurn implements InvocationHandler {

    private final Supplier<SecurityContext> outside;

    /** @param outside gives null if the server has none for this application */
    SecurityContextOfTurn(Supplier<SecurityContext> outside) {
        this.outside = outside;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (TurnCaller.isTurn()) {
            switch (method.getName()) {
                case "getCallerPrincipal":
                    return TurnCaller.principal().orElse(null);
                case "getPrincipalsByType":
                    return principals((Class<?>) arguments[0]);
                case "isCallerInRole":
                    return TurnCaller.isInRole((String) arguments[0]);
                default: // it concerns the server, or the request that it knows
            }
        }
        return ofServer(method, arguments);
    }

    private Object ofObject(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "SecurityContext of turns and of " + outside.get();
        };
    }

    private static Set<Principal> principals(Class<?> type) {
        return TurnCaller.principal().filter(type::isInstance).map(Set::of).orElse(Set.of());
    }

    private Object ofServer(Method method, Object[] arguments) throws Throwable {
        SecurityContext known = outside.get();
        if (known == null) {
            return ofNobody(method);
        }
        try {
            return method.invoke(known, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object ofNobody(Method method) {
        if (method.getReturnType() == boolean.class) {
            return false;
        }
        if (method.getReturnType() == Set.class) {
            return Set.of();
        }
        if (Principal.class.isAssignableFrom(method.getReturnType())) {
            return null;
        }
        throw new IllegalStateException("the server has no Jakarta Security in this application");
    }
}
