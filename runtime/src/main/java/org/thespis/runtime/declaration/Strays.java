package org.thespis.runtime.declaration;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.thespis.api.Action;
import org.thespis.api.CanSubscribe;
import org.thespis.api.State;

/** The rules for classes that are meant to be actors and of which CDI makes none, with numbers as those of {@link Declarations}. */
public final class Strays {

    private Strays() {}

    /** What only classes with {@code @Actor} and those that they extend have. */
    public static List<Class<? extends Annotation>> marks() {
        List<Class<? extends Annotation>> marks =
                new ArrayList<>(List.of(Action.class, State.class, CanSubscribe.class));
        for (Hook hook : Hook.values()) {
            marks.add(hook.annotation());
        }
        return marks;
    }

    /** Nobody can make one. */
    public static DeclarationException abstractActor(Class<?> type) {
        return new DeclarationException(
                120,
                type.getName() + " has @Actor and is " + (type.isInterface() ? "an interface" : "abstract")
                        + ", so there can be none; take @Actor away, and put it on the classes that extend it");
    }

    public static DeclarationException innerActor(Class<?> type) {
        return new DeclarationException(
                121, type.getName() + " has @Actor and is an inner class, which CDI does not make; make it static");
    }

    public static DeclarationException noConstructor(Class<?> type) {
        return new DeclarationException(
                122,
                type.getName() + " has @Actor and no constructor that CDI would call; give it one without parameters,"
                        + " or mark one with @Inject");
    }

    /** @param archive where the class stands */
    public static DeclarationException noActor(String type, String archive, Class<? extends Annotation> mark) {
        return new DeclarationException(
                123,
                type + " in " + archive + " has @" + mark.getSimpleName() + " and no @Actor, so it is no actor;"
                        + " put @Actor on the class, or make it abstract if actors of other applications extend it");
    }

    /** Somebody wants actors of an application that starts none. */
    public static DeclarationException noHost() {
        return new DeclarationException(
                126,
                "the application has no thespis-ejb, which starts its actors; add it to the EAR, as an <ejb> module of"
                        + " application.xml or an <ejbModule> of the maven-ear-plugin");
    }
}
