package org.thespis.runtime.declaration;

import java.util.List;

/**
 * A document of a state as it was written, and where its parts lie. Its bytes are never changed.
 *
 * @param ends where each field ends; the first one begins behind the head
 * @param parts what the parts besides the fields were, in their order; null for one that was empty
 */
record Written(byte[] bytes, int[] ends, List<byte[]> parts) {

    /** Where the parts begin. */
    int fieldsEnd() {
        return ends.length == 0 ? StateFields.FIRST_FIELD : ends[ends.length - 1];
    }

    int lengthOf(int field) {
        return ends[field] - (field == 0 ? StateFields.FIRST_FIELD : ends[field - 1]);
    }

    /** Whether the parts are still the same arrays. */
    boolean hasParts(List<byte[]> others) {
        if (parts.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }
}
