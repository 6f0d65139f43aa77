package org.thespis.protocol.contract;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.thespis.api.ActorReference;

/** An actor behind an interface of the application. Any thread. */
public final class TypedCalls implements InvocationHandler {

    private static final Object[] NOTHING = {};

    private final Class<?> type;
    private final Function<Method, Operation> contract;
    private final ActorReference reference;

    private TypedCalls(Class<?> type, Function<Method, Operation> contract, ActorReference reference) {
        this.type = type;
        this.contract = contract;
        this.reference = reference;
    }

    /** @param contract what the methods of the interface call; null for one that calls nothing */
    public static Object proxy(Class<?> type, Function<Method, Operation> contract, ActorReference reference) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new TypedCalls(type, contract, reference));
    }

    /** The actor behind it. */
    public ActorReference reference() {
        return reference;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? NOTHING : given;
        Operation operation = contract.apply(method);
        if (operation != null) {
            return call(operation, operation.positional(arguments));
        }
        return method.getDeclaringClass() == Object.class || !method.isDefault()
                ? ofObject(proxy, method, arguments)
                : byDefault(proxy, method, arguments);
    }

    private Object call(Operation operation, Object[] arguments) {
        return operation.isLater()
                ? reference.call(operation.result(), operation.action(), arguments)
                : reference.blocking().call(operation.result(), operation.action(), arguments);
    }

    /** Those that every object has. */
    private Object ofObject(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> isSame(proxy, arguments[0]);
            case "hashCode" -> reference.hashCode();
            default -> type.getSimpleName() + " of " + reference;
        };
    }

    private boolean isSame(Object proxy, Object other) {
        return proxy == other
                || other != null
                        && Proxy.isProxyClass(other.getClass())
                        && Proxy.getInvocationHandler(other) instanceof TypedCalls calls
                        && calls.type == type
                        && calls.reference.equals(reference);
    }

    /** What the interface itself does. */
    private static Object byDefault(Object proxy, Method method, Object[] arguments) throws Throwable {
        Class<?> home = method.getDeclaringClass();
        MethodHandle handle = MethodHandles.privateLookupIn(home, MethodHandles.lookup())
                .unreflectSpecial(method, home)
                .bindTo(proxy);
        return handle.invokeWithArguments(arguments);
    }
}
