package org.thespis.runtime.document;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thespis.runtime.document.Kinds.Kind;

/** Makes the codecs of declared types, each once. Used by one thread, at deployment. */
final class Codecs {

    /** A generic class that holds itself with ever other arguments has no end. */
    private static final int MAX_ARGUMENT_LEVELS = 20;

    private static final List<Kind> KINDS = kinds();

    private final Map<TypeUse, Codec> known = new HashMap<>();
    private final Map<TypeUse, ObjectCodec> objects = new HashMap<>();

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(Scalars.all());
        kinds.addAll(Kinds.all());
        return List.copyOf(kinds);
    }

    /**
     * The codec of a declared type.
     *
     * @param where the field, for messages
     * @throws StateTypeException if no value of the type can come back
     */
    Codec of(TypeUse use, String where) {
        Codec codec = known.get(use);
        if (codec == null) {
            if (use.levels() > MAX_ARGUMENT_LEVELS) {
                throw Refusals.endless(use, where);
            }
            codec = make(use, where);
            known.put(use, codec);
        }
        return codec;
    }

    private Codec make(TypeUse use, String where) {
        Class<?> raw = use.raw();
        if (raw.isPrimitive()) {
            return Scalars.primitive(raw);
        }
        if (raw.isArray()) {
            return new ArrayCodec(raw, of(use.arg(0), where));
        }
        if (JsonValue.class.isAssignableFrom(raw) && raw.getName().startsWith("jakarta.json.")) {
            return new JsonTreeCodec(raw);
        }
        if (isPlatform(raw)) {
            return raw.isEnum() ? new EnumCodec(raw) : ofPlatform(use, where);
        }
        Annotations.requireRespected(raw, where);
        JsonbTypeAdapter adapter = raw.getDeclaredAnnotation(JsonbTypeAdapter.class);
        if (adapter != null) {
            return Adapters.codec(adapter.value(), use, this, where);
        }
        return raw.isEnum() ? new EnumCodec(raw) : ofAuthor(use, where);
    }

    static boolean isPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || type.getName().startsWith("jakarta.");
    }

    private Codec ofPlatform(TypeUse use, String where) {
        Class<?> raw = use.raw();
        if (raw == java.util.EnumMap.class || java.util.EnumSet.class.isAssignableFrom(raw)) {
            return EnumKinds.exactly(use, this, where);
        }
        List<Kind> fitting =
                KINDS.stream().filter(kind -> raw.isAssignableFrom(kind.type())).toList();
        boolean container = Iterable.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw);
        if (fitting.isEmpty()) {
            throw Refusals.platform(raw, where);
        }
        if (fitting.size() == 1
                && !(container
                        && fitting.get(0).type() != java.nio.file.Path.of("").getClass())) {
            return fitting.get(0).factory().codec(use, this, where);
        }
        OpenCodec open = new OpenCodec(use);
        known.put(use, open);
        TypeUse arguments = isTop(raw) ? TypeUse.OBJECT : use;
        fitting.forEach(
                kind -> open.add(kind.type(), kind.name(), kind.factory().codec(arguments, this, where)));
        EnumKinds.add(open, use, this, where);
        open.usual(Kinds.usual(raw));
        return open;
    }

    /** Whether its type arguments say nothing about elements. */
    private static boolean isTop(Class<?> raw) {
        return !Iterable.class.isAssignableFrom(raw)
                        && !Map.class.isAssignableFrom(raw)
                        && !Map.Entry.class.isAssignableFrom(raw)
                        && raw.getTypeParameters().length != 1
                || raw == Comparable.class;
    }

    private Codec ofAuthor(TypeUse use, String where) {
        Subtypes subtypes = Subtypes.of(use, where);
        if (subtypes != null) {
            SubtypeCodec codec = new SubtypeCodec(use, subtypes.key());
            known.put(use, codec);
            subtypes.byName().forEach((name, type) -> codec.add(type, name, ofSubtype(use, type, subtypes, where)));
            return codec;
        }
        if (Modifier.isAbstract(use.raw().getModifiers())) {
            throw Refusals.untold(use.raw(), where);
        }
        return object(use, null, where);
    }

    private Codec ofSubtype(TypeUse declared, Class<?> type, Subtypes subtypes, String where) {
        TypeUse use = type == declared.raw() ? declared : declared.narrowed(type);
        boolean adapted = type.isAnnotationPresent(JsonbTypeAdapter.class);
        return type.isEnum() || adapted ? of(use, where) : object(use, subtypes.key(), where);
    }

    /** @param reserved the name that no member may have; null if there is none */
    private ObjectCodec object(TypeUse use, String reserved, String where) {
        ObjectCodec codec = objects.get(use);
        if (codec == null) {
            Refusals.requireOrdinary(use.raw(), where);
            Annotations.requireRespected(use.raw(), where);
            codec = new ObjectCodec(use.raw());
            objects.put(use, codec);
            Members.complete(codec, use, this, where);
        }
        if (reserved != null && codec.has(reserved)) {
            throw Refusals.reserved(use.raw(), reserved, where);
        }
        if (codec.has(OpenCodec.MARK)) {
            throw Refusals.reserved(use.raw(), OpenCodec.MARK, where);
        }
        return codec;
    }
}
