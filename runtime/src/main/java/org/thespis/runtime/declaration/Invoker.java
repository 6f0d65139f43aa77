package org.thespis.runtime.declaration;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.protocol.contract.ResolvedTypes;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.turn.Turn;

/** Calls one method of an author, after filling in what its parameters ask for. Any thread. */
public final class Invoker {

    private static final MethodType GENERIC = MethodType.methodType(Object.class, Object.class, Object[].class);

    private enum Source {
        CONTEXT,
        CONNECTION,
        PRINCIPAL,
        OPTIONAL_PRINCIPAL,
        /** The next positional argument. */
        ARGUMENT,
        /** All arguments that are left. */
        REST
    }

    private record Slot(Source source, String name, Type type, boolean mandatory) {}

    private final Method method;
    private final MethodHandle handle;
    private final List<Slot> slots;

    /** @param type the class of the actor, which may have put something in for type variables of the method's class */
    Invoker(Class<?> type, Method method) {
        this.method = method;
        this.slots = slots(type, method);
        try {
            method.setAccessible(true);
            this.handle = MethodHandles.lookup()
                    .unreflect(method)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(GENERIC);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }

    Method method() {
        return method;
    }

    /** How many positional arguments the method declares. */
    long argumentCount() {
        return slots.stream()
                .filter(s -> s.source == Source.ARGUMENT || s.source == Source.REST)
                .count();
    }

    /** Whether a parameter asks for who is connected. */
    boolean asksForConnection() {
        return slots.stream()
                .anyMatch(s -> s.source == Source.CONNECTION
                        || s.source == Source.PRINCIPAL
                        || s.source == Source.OPTIONAL_PRINCIPAL);
    }

    /** Whether its only positional argument can be one of that type. */
    boolean takesOne(Class<?> given) {
        List<Slot> own = slots.stream()
                .filter(s -> s.source == Source.ARGUMENT || s.source == Source.REST)
                .toList();
        return own.size() == 1 && own.get(0).source == Source.ARGUMENT && own.get(0).type == given;
    }

    /** Whether its last parameter takes all arguments that are left. */
    boolean takesRest() {
        return slots.stream().anyMatch(s -> s.source == Source.REST);
    }

    /** Whether it can be called with so many positional arguments, and none of them is ignored. */
    boolean takes(int count) {
        List<Slot> positional =
                slots.stream().filter(s -> s.source == Source.ARGUMENT).toList();
        boolean enough = positional.stream().skip(count).noneMatch(Slot::mandatory);
        return enough && (count <= positional.size() || takesRest());
    }

    /** Whether the runtime gives a parameter of that type, and no caller. */
    static boolean isProvided(Class<?> parameter) {
        return parameter == ActorContext.class || parameter == Connection.class || parameter == Principal.class;
    }

    private static List<Slot> slots(Class<?> actor, Method method) {
        List<Slot> slots = new ArrayList<>();
        Parameter[] parameters = method.getParameters();
        Type[] types = types(actor, method);
        for (int i = 0; i < parameters.length; i++) {
            boolean rest = method.isVarArgs() && i == parameters.length - 1;
            Class<?> raw = parameters[i].getType();
            Type type = rest ? raw.getComponentType() : types[i];
            boolean mandatory = rest ? raw.getComponentType().isPrimitive() : raw.isPrimitive();
            slots.add(new Slot(source(raw, type, rest), parameters[i].getName(), type, mandatory));
        }
        return List.copyOf(slots);
    }

    private static Type[] types(Class<?> actor, Method method) {
        Type[] declared = method.getGenericParameterTypes();
        boolean generic = method.getDeclaringClass().getTypeParameters().length + method.getTypeParameters().length > 0;
        if (!generic) {
            return declared;
        }
        ResolvedTypes resolved = ResolvedTypes.of(actor);
        return Arrays.stream(declared).map(resolved::of).toArray(Type[]::new);
    }

    private static Source source(Class<?> raw, Type type, boolean rest) {
        if (rest) {
            return Source.REST;
        }
        if (raw == ActorContext.class) {
            return Source.CONTEXT;
        }
        if (raw == Connection.class) {
            return Source.CONNECTION;
        }
        if (raw == Principal.class) {
            return Source.PRINCIPAL;
        }
        return type.getTypeName().equals(Optional.class.getName() + "<" + Principal.class.getName() + ">")
                ? Source.OPTIONAL_PRINCIPAL
                : Source.ARGUMENT;
    }

    /**
     * Calls the method with plain arguments.
     *
     * @throws ActorException {@code actor.invalid_argument} if one does not fit; then nothing was run
     * @throws Throwable whatever the method throws
     */
    public Object invokePlain(
            Object bean, ActorContext context, Connection connection, List<Object> plain, Values values)
            throws Throwable {
        Object[] arguments = new Object[slots.size()];
        int next = 0;
        for (int i = 0; i < arguments.length; i++) {
            Slot slot = slots.get(i);
            switch (slot.source) {
                case ARGUMENT -> {
                    arguments[i] = bind(plain, next, slot, values);
                    next++;
                }
                case REST -> arguments[i] = rest(plain, next, slot, values);
                default -> arguments[i] = provided(slot, context, connection);
            }
        }
        return handle.invokeExact(bean, arguments);
    }

    private static Object provided(Slot slot, ActorContext context, Connection connection) {
        Optional<Principal> principal = connection == null ? ofTurn() : connection.principal();
        return switch (slot.source) {
            case CONTEXT -> context;
            case CONNECTION -> connection;
            case PRINCIPAL -> principal.orElse(null);
            default -> principal;
        };
    }

    /** Who planned what runs now, as then nobody is connected. */
    private static Optional<Principal> ofTurn() {
        Turn turn = Turn.current();
        return turn == null ? Optional.empty() : turn.caller().principal();
    }

    private static Object bind(List<Object> plain, int index, Slot slot, Values values) {
        Object given = index < plain.size() ? plain.get(index) : org.thespis.api.Undefined.UNDEFINED;
        try {
            Object bound = values.bind(given, slot.type);
            if (bound == null && slot.mandatory) {
                throw new ActorException(ActorError.invalidArgument(index + 1, slot.name, "missing"));
            }
            return bound;
        } catch (BindingException e) {
            throw new ActorException(ActorError.invalidArgument(index + 1, slot.name, e.getMessage()));
        }
    }

    private static Object rest(List<Object> plain, int from, Slot slot, Values values) {
        int count = Math.max(0, plain.size() - from);
        Object array = java.lang.reflect.Array.newInstance((Class<?>) slot.type, count);
        for (int i = 0; i < count; i++) {
            java.lang.reflect.Array.set(array, i, bind(plain, from + i, slot, values));
        }
        return array;
    }

    /** Calls the method with values of its own types in the places of its arguments. */
    public Object invokeWith(Object bean, ActorContext context, Connection connection, Object... given)
            throws Throwable {
        Object[] arguments = new Object[slots.size()];
        int next = 0;
        for (int i = 0; i < arguments.length; i++) {
            Slot slot = slots.get(i);
            arguments[i] = slot.source == Source.ARGUMENT
                    ? (next < given.length ? given[next++] : null)
                    : provided(slot, context, connection);
        }
        return handle.invokeExact(bean, arguments);
    }
}
