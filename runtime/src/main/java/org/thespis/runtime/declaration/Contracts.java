package org.thespis.runtime.declaration;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules for interfaces to actors, and for what CDI is asked for, with numbers as those of {@link Declarations}. */
public final class Contracts {

    private Contracts() {}

    static DeclarationException noInterface(Class<?> type) {
        return new DeclarationException(
                170,
                type.getName()
                        + " is no interface, and only one stands for an actor; take one that its class implements, or"
                        + " the name of the type");
    }

    static DeclarationException noActor(Class<?> type) {
        return new DeclarationException(
                171,
                type.getName()
                        + " is implemented by no class with @Actor, and no actor has actions for all of its methods;"
                        + " let the class of the actor implement it");
    }

    static DeclarationException ambiguous(Class<?> type, List<ActorDefinition> all) {
        String names = all.stream().map(d -> d.type().getName()).sorted().collect(Collectors.joining(", "));
        return new DeclarationException(
                172, type.getName() + " fits more than one actor: " + names + "; give each an interface of its own");
    }

    static DeclarationException noAction(Class<?> type, Method method, ActorDefinition actor) {
        return new DeclarationException(
                173,
                name(type, method) + " is no action of " + actor.type().getName()
                        + "; put @Action on the method of that class, or take it out of the interface");
    }

    static DeclarationException providedParameter(Class<?> type, Method method, Class<?> parameter) {
        return new DeclarationException(
                174,
                name(type, method) + " has a parameter of type " + parameter.getSimpleName()
                        + ", which no caller can give; take it out, and inject ActorContext into the actor");
    }

    static DeclarationException otherParameters(Class<?> type, Method method, String action, ActorDefinition actor) {
        return new DeclarationException(
                175,
                name(type, method) + " has " + method.getParameterCount()
                        + " parameters, and the action \"" + action + "\" of "
                        + actor.type().getName() + " takes others; give it the same");
    }

    static DeclarationException genericMethod(Class<?> type, Method method) {
        return new DeclarationException(
                176,
                name(type, method)
                        + " is generic itself, so nobody knows what its result is; put the type variable on the"
                        + " interface");
    }

    /** A bean would get an object of an actor's class that is no actor: without key, state and turns. */
    public static DeclarationException injectedActor(String where, Class<?> actor) {
        return new DeclarationException(
                177,
                where + " injects the actor class " + actor.getName()
                        + ", and would get an object that is no actor; inject org.thespis.api.Actors and ask it for a reference");
    }

    /** An event of CDI names no actor. */
    public static DeclarationException observer(Class<?> actor, String method) {
        return new DeclarationException(
                178,
                actor.getName() + "." + method
                        + " observes events of CDI, which name no actor; observe them in another bean,"
                        + " and call the actor through org.thespis.api.Actors");
    }

    /** Nobody knows which actors are meant. */
    public static DeclarationException withoutInterface(String where) {
        return new DeclarationException(
                179,
                where + " injects ActorsOfType without an interface; write ActorsOfType<TheInterface>, or inject"
                        + " org.thespis.api.Actors and ask by name");
    }

    /** Those of the application that a class or one above it names, without those above them. */
    static Set<Class<?>> interfacesOf(Class<?> actor) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> c = actor; c != null; c = c.getSuperclass()) {
            for (Class<?> type : c.getInterfaces()) {
                if (!type.getName().matches("(java|jakarta|org\\.thespis\\.api)\\..*")) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    private static String name(Class<?> type, Method method) {
        return type.getName() + "." + method.getName();
    }
}
