package org.thespis.runtime.document;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Sets and maps of enum constants, whose classes need to know the enum. */
@SuppressWarnings({"unchecked", "rawtypes"}) // the enum is known as a class only
final class EnumKinds {

    private EnumKinds() {}

    /** A field that is declared as one. */
    static Codec exactly(TypeUse use, Codecs codecs, String where) {
        Class<?> type = use.arg(0).raw();
        if (!type.isEnum()) {
            throw Refusals.noEnum(use, where);
        }
        OpenCodec open = new OpenCodec(use);
        add(open, use, codecs, where);
        open.usual(
                use.raw() == EnumMap.class
                        ? EnumMap.class
                        : EnumSet.noneOf((Class) type).getClass());
        return open;
    }

    /** Adds what of them fits a declared collection or map of an enum's constants. */
    static void add(OpenCodec open, TypeUse use, Codecs codecs, String where) {
        Class<?> type = use.arg(0).raw();
        if (!type.isEnum()) {
            return;
        }
        if (use.raw().isAssignableFrom(EnumMap.class) && Map.class.isAssignableFrom(use.raw())) {
            open.add(EnumMap.class, "EnumMap", map((Class) type, use, codecs, where));
        }
        if (use.raw().isAssignableFrom(EnumSet.class) && Iterable.class.isAssignableFrom(use.raw())) {
            open.add(EnumSet.noneOf((Class) type).getClass(), "EnumSet", set((Class) type, use, codecs, where));
        }
    }

    private static Codec map(Class type, TypeUse use, Codecs codecs, String where) {
        return new MapCodec(codecs.of(use.arg(0), where), codecs.of(use.arg(1), where), true, (entries, none) -> {
            EnumMap map = new EnumMap(type);
            map.putAll(entries);
            return map;
        });
    }

    private static Codec set(Class type, TypeUse use, Codecs codecs, String where) {
        return new CollectionCodec(codecs.of(use.arg(0), where), true, (items, none) -> setOf(type, items));
    }

    private static Collection<?> setOf(Class type, List<Object> items) {
        EnumSet set = EnumSet.noneOf(type);
        set.addAll(items);
        return set;
    }
}
