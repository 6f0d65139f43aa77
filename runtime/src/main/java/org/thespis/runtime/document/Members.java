package org.thespis.runtime.document;

import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thespis.runtime.document.ObjectCodec.Maker;
import org.thespis.runtime.document.ObjectCodec.Member;

/** The fields of an author's class that are its state, and the way to make an instance. */
final class Members {

    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType SETTER = MethodType.methodType(void.class, Object.class, Object.class);
    private static final MethodType MAKER = MethodType.methodType(Object.class, Object[].class);

    private Members() {}

    static boolean isState(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !field.isSynthetic()
                && !field.isAnnotationPresent(JsonbTransient.class);
    }

    /** Gives a codec its members; first those of the superclasses. */
    static void complete(ObjectCodec codec, TypeUse use, Codecs codecs, String where) {
        Map<String, Member> members = new LinkedHashMap<>();
        Map<String, Integer> placeOfField = new LinkedHashMap<>();
        for (TypeUse c : lineage(use)) {
            for (Field field : c.raw().getDeclaredFields()) {
                if (isState(field)) {
                    Member member = member(field, c, codecs, where);
                    if (members.put(member.name(), member) != null) {
                        throw doubled(member.name(), use.raw(), where);
                    }
                    placeOfField.put(field.getName(), members.size() - 1);
                }
            }
        }
        List<Member> all = List.copyOf(members.values());
        codec.complete(all, maker(use.raw(), all, placeOfField, where));
    }

    private static List<TypeUse> lineage(TypeUse use) {
        List<TypeUse> lineage = new ArrayList<>();
        for (Class<?> c = use.raw(); c != Object.class && c != Record.class; c = c.getSuperclass()) {
            lineage.add(0, use.as(c));
        }
        return lineage;
    }

    private static StateTypeException doubled(String name, Class<?> type, String where) {
        return new StateTypeException(
                142,
                where + ": " + type.getName() + " has two members \"" + name
                        + "\", of itself and of its superclasses; rename one, or give one a @JsonbProperty");
    }

    private static Member member(Field field, TypeUse owner, Codecs codecs, String where) {
        String here = where + " (" + field.getDeclaringClass().getName() + "." + field.getName() + ")";
        String inner = where.endsWith(")")
                ? where.substring(0, where.lastIndexOf(" (")) + here.substring(where.length())
                : here;
        Annotations.requireRespected(field, inner);
        JsonbProperty given = field.getAnnotation(JsonbProperty.class);
        String name = given == null || given.value().isEmpty() ? field.getName() : given.value();
        Codec codec = codec(field, TypeUse.of(field.getGenericType(), owner.variables()), codecs, inner);
        try {
            field.setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle setter = owner.raw().isRecord()
                    ? null
                    : lookup.unreflectSetter(field).asType(SETTER);
            return new Member(name, codec, lookup.unreflectGetter(field).asType(GETTER), setter);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw Refusals.platform(field.getDeclaringClass(), inner);
        }
    }

    /** The codec of a field, by its own adapter if it has one. */
    static Codec codec(Field field, TypeUse use, Codecs codecs, String where) {
        JsonbTypeAdapter adapter = field.getAnnotation(JsonbTypeAdapter.class);
        return adapter == null ? codecs.of(use, where) : Adapters.codec(adapter.value(), use, codecs, where);
    }

    private static Maker maker(Class<?> type, List<Member> members, Map<String, Integer> placeOfField, String where) {
        if (type.isRecord()) {
            return ofRecord(type, placeOfField);
        }
        Executable creator = creator(type, where);
        if (creator != null) {
            return ofCreator(creator, members, placeOfField, where);
        }
        try {
            return new Maker(handle(type.getDeclaredConstructor()), new int[0]);
        } catch (NoSuchMethodException e) {
            Executable byNames = byNames(type, placeOfField);
            if (byNames == null) {
                throw Refusals.noConstructor(type, where);
            }
            return ofCreator(byNames, members, placeOfField, where);
        }
    }

    /** The only constructor, if its parameters are named like fields and have their types; else null. */
    private static Executable byNames(Class<?> type, Map<String, Integer> placeOfField) {
        Constructor<?>[] all = type.getDeclaredConstructors();
        if (all.length != 1) {
            return null;
        }
        boolean fits = Arrays.stream(all[0].getParameters())
                .allMatch(p -> p.isNamePresent() && placeOfField.containsKey(p.getName()) && isTypeOf(p, type));
        return fits ? all[0] : null;
    }

    private static boolean isTypeOf(Parameter parameter, Class<?> type) {
        try {
            return type.getDeclaredField(parameter.getName()).getType() == parameter.getType();
        } catch (NoSuchFieldException e) { // it is of a superclass
            return false;
        }
    }

    /** A component that is left out is given its default. */
    private static Maker ofRecord(Class<?> type, Map<String, Integer> placeOfField) {
        var components = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(c -> c.getType()).toArray(Class<?>[]::new);
        int[] arguments = Arrays.stream(components)
                .mapToInt(c -> placeOfField.getOrDefault(c.getName(), Maker.LEFT_OUT))
                .toArray();
        try {
            return new Maker(handle(type.getDeclaredConstructor(types)), arguments, Maker.defaults(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every record has it
        }
    }

    private static Executable creator(Class<?> type, String where) {
        List<Executable> creators = Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getReturnType() == type))
                .filter(e -> e.isAnnotationPresent(JsonbCreator.class))
                .toList();
        if (creators.size() > 1) {
            throw new StateTypeException(
                    138, where + ": " + type.getName() + " has more than one @JsonbCreator; keep one");
        }
        return creators.isEmpty() ? null : creators.get(0);
    }

    private static Maker ofCreator(
            Executable creator, List<Member> members, Map<String, Integer> placeOfField, String where) {
        Parameter[] parameters = creator.getParameters();
        int[] arguments = new int[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            JsonbProperty given = parameters[i].getAnnotation(JsonbProperty.class);
            String name = given == null || given.value().isEmpty() ? parameters[i].getName() : given.value();
            arguments[i] = place(name, members, placeOfField);
            if (arguments[i] < 0) {
                throw new StateTypeException(
                        138,
                        where + ": the @JsonbCreator of "
                                + creator.getDeclaringClass().getName() + " takes \"" + name
                                + "\", which none of its fields holds; name a field with @JsonbProperty");
            }
        }
        return new Maker(handle(creator), arguments);
    }

    private static int place(String name, List<Member> members, Map<String, Integer> placeOfField) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return placeOfField.getOrDefault(name, -1);
    }

    private static MethodHandle handle(Executable executable) {
        try {
            executable.setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle handle = executable instanceof Constructor<?> constructor
                    ? lookup.unreflectConstructor(constructor)
                    : lookup.unreflect((Method) executable);
            return handle.asFixedArity()
                    .asSpreader(Object[].class, executable.getParameterCount())
                    .asType(MAKER);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }
}
