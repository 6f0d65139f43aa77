package org.thespis.runtime.declaration;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import org.thespis.api.Action;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.runtime.document.StateField;
import org.thespis.runtime.document.StateTypeException;

/** The rules for declarations, each with a number that is never used again. */
final class Declarations {

    private Declarations() {}

    static DeclarationException doubledName(String name, Class<?> one, Class<?> other) {
        return new DeclarationException(
                101, "@Actor(\"" + name + "\") on both " + one.getName() + " and " + other.getName() + "; rename one");
    }

    static DeclarationException doubledAction(Class<?> type, String action) {
        return new DeclarationException(
                102,
                type.getName() + " has two actions named \"" + action
                        + "\"; give one of them another name with @Action(\"...\")");
    }

    static DeclarationException doubledHook(Class<?> type, Hook hook) {
        return new DeclarationException(
                103, type.getName() + " has two methods with " + annotation(hook) + "; keep one");
    }

    static DeclarationException doubledCanSubscribe(Class<?> type, String event) {
        String which = event.isEmpty() ? "@CanSubscribe" : "@CanSubscribe(\"" + event + "\")";
        return new DeclarationException(104, type.getName() + " has two methods with " + which + "; keep one");
    }

    /** Nobody enforces these on CDI beans, and who writes them relies on it. */
    static void refuseSecurityAnnotations(Class<?> type, AnnotatedElement element, String where) {
        if (element.isAnnotationPresent(RolesAllowed.class) || element.isAnnotationPresent(DenyAll.class)) {
            throw new DeclarationException(
                    114,
                    "@RolesAllowed or @DenyAll on " + where + " would not be enforced; decide in @OnBeforeConnect of "
                            + type.getName() + " by the principal of the connection");
        }
    }

    static StateField state(Class<?> type, Field field, boolean doubled) {
        String where = "@State on " + field.getDeclaringClass().getName() + "." + field.getName();
        if (StateFields.isFixed(field)) {
            throw new DeclarationException(
                    116, where + " of " + type.getName() + " cannot be set; take away static or final");
        }
        if (doubled) {
            throw new DeclarationException(
                    117, where + " has the name of another state field of " + type.getName() + "; rename one");
        }
        try {
            return StateField.of(type, field);
        } catch (StateTypeException e) {
            throw new DeclarationException(e.number(), e.getMessage());
        }
    }

    static void checkAction(Class<?> type, Method method, Action action) {
        refuseStatic(type, method, "@Action");
        refuseSecurityAnnotations(type, method, name(type, method));
        requirePublicTypes(type, method);
        refuseLateAtomicity(type, method, action);
        if (Modifier.isPrivate(method.getModifiers())) {
            throw new DeclarationException(
                    106,
                    "@Action on the private method " + name(type, method)
                            + "; make it package-private or public, so that interceptors see it");
        }
        if (action.timeoutMillis() < 0) {
            throw new DeclarationException(
                    107, "the time limit of " + name(type, method) + " is negative; leave it out or give milliseconds");
        }
    }

    private static void refuseLateAtomicity(Class<?> type, Method method, Action action) {
        if (action.atomic() && CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            throw new DeclarationException(
                    118,
                    "the atomic action " + name(type, method)
                            + " returns a CompletionStage, whose end is in another turn; return the value itself");
        }
    }

    /** JSON-B reads and writes public classes only; others would fail at the first call. */
    private static void requirePublicTypes(Class<?> type, Method method) {
        requirePublic(type, method, method.getGenericReturnType());
        for (Type parameter : method.getGenericParameterTypes()) {
            requirePublic(type, method, parameter);
        }
    }

    private static void requirePublic(Class<?> type, Method method, Type used) {
        if (used instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                requirePublic(type, method, argument);
            }
        } else if (used instanceof Class<?> c
                && !c.isEnum()
                && !c.isInterface()
                && !c.isArray()
                && !Modifier.isPublic(c.getModifiers())) {
            throw new DeclarationException(
                    115,
                    c.getName() + " in " + name(type, method) + " is not public, as JSON-B needs it; make it public");
        }
    }

    static void checkHook(Class<?> type, Hook hook, Method method) {
        refuseStatic(type, method, annotation(hook));
        Class<?> result = method.getReturnType();
        switch (hook) {
            case CONNECTION_STATE -> require(
                    result != void.class && !result.isPrimitive(), 108, type, hook, method, "return the new state");
            case WEB_SOCKET -> require(
                    java.util.List.of(method.getParameterTypes()).contains(ActorWebSocket.class),
                    109,
                    type,
                    hook,
                    method,
                    "have a parameter of type ActorWebSocket");
            case REQUEST -> require(
                    java.util.List.of(method.getParameterTypes()).contains(ActorRequest.class)
                            && (result == ActorResponse.class || CompletionStage.class.isAssignableFrom(result)),
                    110,
                    type,
                    hook,
                    method,
                    "have a parameter of type ActorRequest and return an ActorResponse or a CompletionStage of one");
            case BEFORE_ACTION_RESPONSE -> require(
                    new Invoker(method).argumentCount() == 2 && result != void.class,
                    111,
                    type,
                    hook,
                    method,
                    "have the parameters (String action, Object result) and return the result to send");
            case WAKE, SLEEP, STATE_CHANGE -> require(
                    new Invoker(method).argumentCount() == 0, 119, type, hook, method, "have no parameter of its own");
            default -> require(
                    new Invoker(method).argumentCount() <= 1, 112, type, hook, method, "have one parameter of its own");
        }
    }

    static void checkCanSubscribe(Class<?> type, Method method) {
        refuseStatic(type, method, "@CanSubscribe");
        if (method.getReturnType() != boolean.class) {
            throw new DeclarationException(113, "@CanSubscribe on " + name(type, method) + " must return a boolean");
        }
    }

    private static void refuseStatic(Class<?> type, Method method, String annotation) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw new DeclarationException(
                    105, annotation + " on the static method " + name(type, method) + "; take away static");
        }
    }

    private static void require(boolean holds, int number, Class<?> type, Hook hook, Method method, String rule) {
        if (!holds) {
            throw new DeclarationException(number, annotation(hook) + " on " + name(type, method) + " must " + rule);
        }
    }

    private static String annotation(Hook hook) {
        return "@" + hook.annotation().getSimpleName();
    }

    private static String name(Class<?> type, Method method) {
        return type.getName() + "." + method.getName();
    }
}
