package org.thespis.runtime.declaration;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.Action;
import org.thespis.protocol.contract.Operation;
import org.thespis.protocol.contract.ResolvedTypes;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;

/** An interface by which the actions of an actor type are called, checked against what the type declares. Immutable. */
public final class Contract {

    private final ActorDefinition definition;
    private final Map<Method, Operation> operations = new HashMap<>();

    private Contract(ActorDefinition definition) {
        this.definition = definition;
    }

    /**
     * Finds the actor type that an interface is for: the one whose class implements it, or else the only one whose actions
     * match.
     *
     * @param all the actor types of the application
     * @throws DeclarationException if there is none, or more than one, or the interface fits it not
     */
    public static Contract of(Class<?> type, Collection<ActorDefinition> all) {
        if (!type.isInterface()) {
            throw Contracts.noInterface(type);
        }
        List<ActorDefinition> own =
                all.stream().filter(d -> type.isAssignableFrom(d.type())).toList();
        if (own.size() > 1) {
            throw Contracts.ambiguous(type, own);
        }
        return own.size() == 1 ? new Contract(own.get(0)).read(type) : matching(type, all);
    }

    /**
     * The interfaces of the application that classes of actors implement, have actions for, and that yet stand for no actor:
     * nobody knows whether somebody will ask for one.
     *
     * @return what who asks will be told
     */
    public static List<DeclarationException> unfit(Collection<ActorDefinition> all) {
        List<DeclarationException> faults = new ArrayList<>();
        for (ActorDefinition definition : all) {
            for (Class<?> type : Contracts.interfacesOf(definition.type())) {
                Contract contract = new Contract(definition);
                try {
                    if (Arrays.stream(type.getMethods()).anyMatch(method -> contract.action(method) != null)) {
                        contract.read(type);
                    }
                } catch (DeclarationException e) {
                    faults.add(e);
                } catch (LinkageError | TypeNotPresentException e) {
                    continue; // it names classes that are not there: no harm as long as nobody asks for it
                }
            }
        }
        return faults;
    }

    private static Contract matching(Class<?> type, Collection<ActorDefinition> all) {
        List<Contract> found = new ArrayList<>();
        DeclarationException nearest = null;
        for (ActorDefinition definition : all) {
            try {
                found.add(new Contract(definition).read(type));
            } catch (DeclarationException e) {
                boolean named = definition.type().getSimpleName().contains(type.getSimpleName())
                        || definition.name().equalsIgnoreCase(type.getSimpleName());
                nearest = named ? e : nearest;
            }
        }
        if (found.size() == 1 && !found.get(0).operations.isEmpty()) {
            return found.get(0);
        }
        if (found.size() > 1) {
            throw Contracts.ambiguous(
                    type, found.stream().map(c -> c.definition).toList());
        }
        throw nearest == null ? Contracts.noActor(type) : nearest;
    }

    private Contract read(Class<?> type) {
        ResolvedTypes resolved = ResolvedTypes.of(type);
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || Operation.isOfObject(method)) {
                continue;
            }
            ActionMethod action = action(method);
            if (action != null) {
                operations.put(method, operation(type, method, action, resolved));
            } else if (!method.isDefault()) {
                throw Contracts.noAction(type, method, definition);
            }
        }
        return this;
    }

    /** The action that a method calls, or null. */
    private ActionMethod action(Method method) {
        Action named = method.getAnnotation(Action.class);
        if (named != null && !named.value().isEmpty()) {
            return definition.action(named.value());
        }
        return definition.action(
                method.getDeclaringClass().isAssignableFrom(definition.type())
                        ? nameOfImplementation(method)
                        : method.getName());
    }

    private String nameOfImplementation(Method method) {
        try {
            Action implemented = definition
                    .type()
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getAnnotation(Action.class);
            return implemented == null || implemented.value().isEmpty() ? method.getName() : implemented.value();
        } catch (NoSuchMethodException e) {
            return method.getName();
        }
    }

    private Operation operation(Class<?> type, Method method, ActionMethod action, ResolvedTypes resolved) {
        if (method.getTypeParameters().length > 0) {
            throw Contracts.genericMethod(type, method);
        }
        Invoker invoker = action.invoker();
        int count = method.getParameterCount();
        for (Class<?> parameter : method.getParameterTypes()) {
            if (Invoker.isProvided(parameter)) {
                throw Contracts.providedParameter(type, method, parameter);
            }
        }
        boolean spreads = invoker.takesRest()
                && count == invoker.argumentCount()
                && method.getParameterTypes()[count - 1].isArray();
        if (!invoker.takes(count)) {
            throw Contracts.otherParameters(type, method, action.name(), definition);
        }
        return Operation.of(method, action.name(), spreads, resolved);
    }

    public ActorDefinition definition() {
        return definition;
    }

    /** What a method calls; null if it is none of the actor's. */
    public Operation operation(Method method) {
        return operations.get(method);
    }
}
