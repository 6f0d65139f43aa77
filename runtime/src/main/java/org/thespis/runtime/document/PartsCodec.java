package org.thespis.runtime.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.thespis.protocol.value.BindingException;

/** Values that are a short list of parts, as an optional is none or one. */
final class PartsCodec extends Codec {

    private final Class<?> type;
    private final List<Codec> parts;
    private final Function<Object, Object[]> apart;
    private final Function<List<Object>, Object> together;
    private final Object absent;

    /**
     * @param type the class of the values, exactly
     * @param parts the codecs of the parts; the last is that of all that follow, too
     */
    PartsCodec(
            Class<?> type,
            List<Codec> parts,
            Function<Object, Object[]> apart,
            Function<List<Object>, Object> together,
            Object absent) {
        this.type = type;
        this.parts = parts;
        this.apart = apart;
        this.together = together;
        this.absent = absent;
    }

    private Codec part(int index) {
        return parts.get(Math.min(index, parts.size() - 1));
    }

    @Override
    void write(Object value, JsonOutput out) {
        if (value.getClass() != type) {
            throw strange(value, type.getName(), "hold exactly that class");
        }
        out.enter();
        char separator = '[';
        Object[] all = apart.apply(value);
        for (int i = 0; i < all.length; i++) {
            out.sign(separator);
            part(i).writeNullable(all[i], out);
            separator = ',';
        }
        if (all.length == 0) {
            out.sign(separator);
        }
        out.sign(']');
        out.leave();
    }

    @Override
    Object read(JsonInput in) {
        List<Object> read = new ArrayList<>(2);
        in.enter();
        in.beginArray();
        while (in.nextElement()) {
            read.add(part(read.size()).readNullable(in));
        }
        in.leave();
        try {
            return together.apply(read);
        } catch (RuntimeException e) { // too few parts, or not such ones
            throw new BindingException(Arrays.toString(read.toArray()) + " makes no " + type.getSimpleName(), e);
        }
    }

    @Override
    Object absent() {
        return absent;
    }
}
