package org.thespis.runtime.document;

import java.util.HashMap;
import java.util.Map;
import org.thespis.protocol.value.BindingException;

/** The constants of one enum by name, those with a body of their own included. */
final class EnumCodec extends ScalarCodec {

    private final Class<?> type;
    private final Map<String, Object> byName = new HashMap<>();

    EnumCodec(Class<?> type) {
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            byName.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    String toText(Object value) {
        Enum<?> constant = (Enum<?>) value;
        if (constant.getDeclaringClass() != type) {
            throw strange(value, type.getName(), "hold one of its constants");
        }
        return constant.name();
    }

    @Override
    Object fromText(String text) {
        Object constant = byName.get(text);
        if (constant == null) {
            throw new BindingException(type.getSimpleName() + " has no constant " + text, null);
        }
        return constant;
    }
}
