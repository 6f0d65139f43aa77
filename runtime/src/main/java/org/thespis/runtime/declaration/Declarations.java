package org.thespis.runtime.declaration;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.Durability;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.StateField;
import org.thespis.runtime.document.StateTypeException;
import org.thespis.runtime.settings.TypeOptions;

/** The rules for declarations, each with a number that is never used again. */
final class Declarations {

    /** Those that are called for no connection. */
    private static final Set<Hook> OF_NOBODY =
            EnumSet.of(Hook.CREATE, Hook.WAKE, Hook.SLEEP, Hook.STATE_CHANGE, Hook.DESTROY);

    /** Hooks that say who may do what they are called for. */
    private static final Set<Hook> ASKED = EnumSet.of(
            Hook.CREATE, Hook.BEFORE_CONNECT, Hook.CONNECTION_STATE, Hook.CONNECT, Hook.REQUEST, Hook.WEB_SOCKET);

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

    /** Who relies on such a rule where nobody calls would be wrong. */
    static void refuseAccess(Class<?> type, Method method, String annotation) {
        if (Access.declared(type, method) != null) {
            throw new DeclarationException(
                    191,
                    "@RolesAllowed, @PermitAll or @DenyAll on " + name(type, method) + ", which has " + annotation
                            + " and which the runtime calls for nobody; take it away");
        }
    }

    static StateField state(Class<?> type, Field field, boolean doubled) {
        checkState(type, field, doubled);
        try {
            return StateField.of(type, field);
        } catch (StateTypeException e) {
            throw new DeclarationException(e.number(), e.getMessage());
        }
    }

    static CollectionType collection(Class<?> type, Field field, boolean doubled) {
        checkState(type, field, doubled);
        if (type.getAnnotation(Actor.class).durability() == Durability.NONE) {
            throw new DeclarationException(
                    151,
                    "@State on " + field.getDeclaringClass().getName() + "." + field.getName()
                            + " is a durable collection, and " + type.getName()
                            + " has durability NONE; use a plain collection, or another durability");
        }
        try {
            return CollectionType.of(type, field);
        } catch (StateTypeException e) {
            throw new DeclarationException(e.number(), e.getMessage());
        }
    }

    private static void checkState(Class<?> type, Field field, boolean doubled) {
        String where = "@State on " + field.getDeclaringClass().getName() + "." + field.getName();
        if (StateFields.isFixed(field)) {
            throw new DeclarationException(
                    116, where + " of " + type.getName() + " cannot be set; take away static or final");
        }
        if (doubled) {
            throw new DeclarationException(
                    117, where + " has the name of another state field of " + type.getName() + "; rename one");
        }
    }

    /** The store of the application keeps no entries. */
    static DeclarationException noEntries(Class<?> type, String field) {
        return new DeclarationException(
                152,
                "@State on " + type.getName() + "." + field
                        + " is a durable collection, and the store keeps no entries; use a plain collection, or another store");
    }

    static void checkAction(Class<?> type, Method method, Action action) {
        refuseStatic(type, method, "@Action");
        requirePublicTypes(type, method);
        refuseLateAtomicity(type, method, action);
        refuseTransaction(type, method, action);
        if (action.atomic() && action.readOnly()) {
            throw new DeclarationException(
                    150,
                    "the action " + name(type, method)
                            + " is both atomic and readOnly, and what changes nothing need not be taken back; keep one");
        }
        if (Modifier.isPrivate(method.getModifiers())) {
            throw new DeclarationException(
                    106,
                    "@Action on the private method " + name(type, method)
                            + "; make it package-private or public, so that interceptors see it");
        }
        requireTimeLimit(action.timeoutMillis(), name(type, method));
    }

    /** What the annotation of the class says. */
    static TypeOptions options(Class<?> type) {
        Actor actor = type.getAnnotation(Actor.class);
        requireTimeLimit(actor.actionTimeoutMillis(), type.getName());
        try {
            return TypeOptions.of(actor);
        } catch (IllegalArgumentException e) {
            throw new DeclarationException(210, "@Actor on " + type.getName() + ": " + e.getMessage());
        }
    }

    private static void requireTimeLimit(long millis, String where) {
        if (millis < 0) {
            throw new DeclarationException(
                    107, "the time limit of " + where + " is negative; leave it out or give milliseconds");
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

    private static void refuseTransaction(Class<?> type, Method method, Action action) {
        if (!action.transactional()) {
            return;
        }
        if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            throw new DeclarationException(
                    155,
                    "the transactional action " + name(type, method)
                            + " returns a CompletionStage, whose end is behind the transaction; return the value itself");
        }
        if (action.readOnly()) {
            throw new DeclarationException(
                    156,
                    "the action " + name(type, method)
                            + " is both transactional and readOnly, and a transaction writes the state; keep one");
        }
        if (action.nonBlocking()) {
            throw new DeclarationException(
                    159,
                    "the action " + name(type, method)
                            + " is both transactional and nonBlocking, and a commit is waited for; keep one");
        }
        Durability durability = type.getAnnotation(Actor.class).durability();
        if (durability != Durability.COMMIT) {
            throw new DeclarationException(
                    157,
                    "the action " + name(type, method) + " is transactional, and " + type.getName() + " has durability "
                            + durability + ", whose state is not written with each turn; use COMMIT");
        }
    }

    /** The store of the application has no transactions. */
    static DeclarationException noTransactions(Class<?> type, String action) {
        return new DeclarationException(
                158,
                "the action " + action + " of " + type.getName()
                        + " is transactional, and the store takes no part in JTA transactions; give it a data source that does"
                        + " (WildFly: jta=true; Payara: without non-transactional connections; application.xml:"
                        + " <transactional>true</transactional>), or use atomic");
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
        if (!ASKED.contains(hook)) {
            refuseAccess(type, method, annotation(hook));
        }
        Class<?> result = method.getReturnType();
        require(
                hook == Hook.REQUEST || !CompletionStage.class.isAssignableFrom(result),
                154,
                type,
                hook,
                method,
                "not return a CompletionStage, for which nobody waits");
        Invoker invoker = new Invoker(type, method);
        require(
                !OF_NOBODY.contains(hook) || !invoker.asksForConnection(),
                124,
                type,
                hook,
                method,
                "have no parameter of type Connection or Principal, as it is called for nobody");
        switch (hook) {
            case CONNECTION_STATE -> require(
                    result != void.class && !result.isPrimitive(), 108, type, hook, method, "return the new state");
            case WEB_SOCKET -> require(
                    invoker.takesOne(ActorWebSocket.class),
                    109,
                    type,
                    hook,
                    method,
                    "have one parameter of its own, of type ActorWebSocket");
            case REQUEST -> require(
                    invoker.takesOne(ActorRequest.class)
                            && (result == ActorResponse.class || CompletionStage.class.isAssignableFrom(result)),
                    110,
                    type,
                    hook,
                    method,
                    "have one parameter of its own, of type ActorRequest, and return an ActorResponse or a CompletionStage of one");
            case BEFORE_ACTION_RESPONSE -> require(
                    invoker.argumentCount() == 2 && result != void.class,
                    111,
                    type,
                    hook,
                    method,
                    "have the parameters (String action, Object result) and return the result to send");
            case WAKE, SLEEP, STATE_CHANGE, DESTROY, DISCONNECT -> require(
                    invoker.argumentCount() == 0, 119, type, hook, method, "have no parameter of its own");
            default -> require(invoker.argumentCount() <= 1, 112, type, hook, method, "have one parameter of its own");
        }
    }

    static void checkCanSubscribe(Class<?> type, Method method) {
        refuseStatic(type, method, "@CanSubscribe");
        if (method.getReturnType() != boolean.class) {
            throw new DeclarationException(113, "@CanSubscribe on " + name(type, method) + " must return a boolean");
        }
        Invoker invoker = new Invoker(type, method);
        if (invoker.argumentCount() > 0 && !invoker.takesOne(String.class)) {
            throw new DeclarationException(
                    125,
                    "@CanSubscribe on " + name(type, method)
                            + " must have one parameter of its own at most, a String: the name of the event");
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
