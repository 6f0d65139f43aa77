package org.thespis.runtime.document;

import jakarta.json.bind.adapter.JsonbAdapter;
import org.thespis.protocol.value.BindingException;

/** Values that an adapter of the author turns into others and back. */
final class AdapterCodec extends Codec {

    private final JsonbAdapter<Object, Object> adapter;
    private final Codec adapted;

    AdapterCodec(JsonbAdapter<Object, Object> adapter, Codec adapted) {
        this.adapter = adapter;
        this.adapted = adapted;
    }

    @Override
    void write(Object value, JsonOutput out) {
        Object other;
        try {
            other = adapter.adaptToJson(value);
        } catch (Exception e) {
            throw fault(e);
        }
        if (other == null) {
            throw new BindingException(adapter.getClass().getName() + " made null of a value", null);
        }
        out.enter();
        adapted.write(other, out);
        out.leave();
    }

    @Override
    Object read(JsonInput in) {
        in.enter();
        Object other = adapted.read(in);
        in.leave();
        try {
            return adapter.adaptFromJson(other);
        } catch (Exception e) {
            throw fault(e);
        }
    }

    private BindingException fault(Exception e) {
        return new BindingException(adapter.getClass().getName() + " threw " + e, e);
    }
}
