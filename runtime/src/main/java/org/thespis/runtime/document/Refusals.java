package org.thespis.runtime.document;

import java.lang.reflect.Modifier;

/** What is refused at deployment, each with a number that is never used again, and the way out. */
final class Refusals {

    private Refusals() {}

    static StateTypeException untold(Class<?> type, String where) {
        return new StateTypeException(
                130,
                where + " is of type " + type.getName()
                        + ", of which nothing tells the classes that it may have; make it sealed, or name them with"
                        + " @JsonbTypeInfo");
    }

    static StateTypeException noConstructor(Class<?> type, String where) {
        return new StateTypeException(
                131,
                where + " is of class " + type.getName()
                        + ", which cannot be made again; give it a constructor without parameters (it may be private),"
                        + " mark one with @JsonbCreator, or make it a record");
    }

    static StateTypeException platform(Class<?> type, String where) {
        return new StateTypeException(
                132,
                where + " is of type " + type.getName()
                        + ", which cannot be stored; hold what it is made of, or make the field transient");
    }

    static StateTypeException reserved(Class<?> type, String name, String where) {
        return new StateTypeException(
                137,
                where + ": " + type.getName() + " has a member \"" + name
                        + "\", but that names its class in the document; rename it with @JsonbProperty");
    }

    static StateTypeException noEnum(TypeUse use, String where) {
        return new StateTypeException(
                140,
                where + " is a " + use.raw().getName() + " of an enum that the field does not tell; declare it, as in "
                        + use.raw().getSimpleName() + "<Color>");
    }

    static StateTypeException endless(TypeUse use, String where) {
        return new StateTypeException(
                141,
                where + ": the type arguments of " + use.raw().getName()
                        + " never end; let it hold itself with the same ones");
    }

    /** @throws StateTypeException if instances of the class hold what is not among their fields */
    static void requireOrdinary(Class<?> type, String where) {
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        boolean local = !type.isRecord() && (type.isAnonymousClass() || type.isLocalClass());
        if (inner || local || type.isHidden()) {
            throw new StateTypeException(
                    133,
                    where + " is of class " + type.getName()
                            + ", which is inner, local or anonymous and holds what is around it; make it static");
        }
        for (Class<?> c = type.getSuperclass(); c != null && c != Object.class; c = c.getSuperclass()) {
            if (Codecs.isPlatform(c) && c != Record.class) {
                throw new StateTypeException(
                        134,
                        where + " is of class " + type.getName() + ", which extends " + c.getName()
                                + ", whose own fields nobody may read; hold one in a field instead");
            }
        }
    }
}
