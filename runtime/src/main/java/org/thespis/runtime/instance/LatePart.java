package org.thespis.runtime.instance;

import java.util.function.Supplier;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.DocumentPart;

/**
 * A part that a document may have: if it is empty there, it is not made for that.
 *
 * @param made null if there is none yet
 * @param make makes it
 */
record LatePart(String member, DocumentPart made, Supplier<? extends DocumentPart> make) implements DocumentPart {

    private static final int EMPTY_LENGTH = "[]".length();

    @Override
    public boolean isEmpty() {
        return made == null || made.isEmpty();
    }

    @Override
    public byte[] json(Values values) {
        return make.get().json(values);
    }

    @Override
    public boolean isBounded() {
        return make.get().isBounded();
    }

    @Override
    public void read(byte[] json, Values values) {
        if (made != null || json.length > EMPTY_LENGTH) {
            make.get().read(json, values);
        }
    }
}
