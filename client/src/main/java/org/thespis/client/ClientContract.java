package org.thespis.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.thespis.api.Action;
import org.thespis.api.ActorReference;
import org.thespis.protocol.contract.Operation;
import org.thespis.protocol.contract.ResolvedTypes;
import org.thespis.protocol.contract.TypedCalls;

/**
 * An interface as a client understands it, which has no class of the actor to look at: each method that is not default calls
 * the action of its name, or of that of its {@link Action}. Immutable.
 */
final class ClientContract<T> {

    private final Class<T> type;
    private final Map<Method, Operation> operations = new HashMap<>();

    private ClientContract(Class<T> type) {
        this.type = type;
    }

    /** @throws IllegalArgumentException if it stands for no actor */
    static <T> ClientContract<T> of(Class<T> type) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is no interface, and only one stands for an actor");
        }
        return new ClientContract<>(type).read();
    }

    private ClientContract<T> read() {
        ResolvedTypes resolved = ResolvedTypes.of(type);
        for (Method method : type.getMethods()) {
            Action action = method.getAnnotation(Action.class);
            boolean calls = !method.isDefault() || action != null;
            if (calls && !Modifier.isStatic(method.getModifiers()) && !Operation.isOfObject(method)) {
                operations.put(method, operation(method, action, resolved));
            }
        }
        return this;
    }

    private Operation operation(Method method, Action action, ResolvedTypes resolved) {
        if (method.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(type.getName() + "." + method.getName()
                    + " is generic itself, so nobody knows what its result is; put the type variable on the interface");
        }
        String name = action == null || action.value().isEmpty() ? method.getName() : action.value();
        return Operation.of(method, name, method.isVarArgs(), resolved);
    }

    /** An actor behind the interface. */
    T over(ActorReference reference) {
        return type.cast(TypedCalls.proxy(type, operations::get, reference));
    }
}
