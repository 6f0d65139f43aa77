package org.thespis.runtime.document;

import jakarta.json.bind.adapter.JsonbAdapter;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.List;

/** Makes adapters of the author. */
final class Adapters {

    private Adapters() {}

    /** @throws StateTypeException if the adapter cannot be made, or is for another type */
    static Codec codec(Class<?> adapter, TypeUse use, Codecs codecs, String where) {
        TypeUse declared = new TypeUse(adapter, List.of()).as(JsonbAdapter.class);
        Class<?> boxed = MethodType.methodType(use.raw()).wrap().returnType();
        if (declared == null || !declared.arg(0).raw().isAssignableFrom(boxed)) {
            throw fault(adapter, where, "is not for " + use + "; put one there that is");
        }
        return new AdapterCodec(make(adapter, where), codecs.of(declared.arg(1), where + ", adapted"));
    }

    @SuppressWarnings("unchecked")
    private static JsonbAdapter<Object, Object> make(Class<?> adapter, String where) {
        try {
            Constructor<?> constructor = adapter.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (JsonbAdapter<Object, Object>) constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw fault(adapter, where, "cannot be made (" + e + "); give it a constructor without parameters");
        }
    }

    private static StateTypeException fault(Class<?> adapter, String where, String fault) {
        return new StateTypeException(139, where + ": the adapter " + adapter.getName() + " " + fault);
    }
}
