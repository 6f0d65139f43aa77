package org.thespis.runtime.declaration;

import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;

/** What the runtime itself keeps in an actor's document, beside the author's fields. Used in turns. */
public interface DocumentPart {

    /** The member of the document. */
    String member();

    /** Whether there is nothing to keep. */
    boolean isEmpty();

    /** All of it as a JSON array, UTF-8; the same array as the last time if nothing has changed since. */
    byte[] json(Values values);

    /** Whether the runtime itself bounds its length; else it counts with the fields. */
    boolean isBounded();

    /** @throws BindingException if that is not what {@link #json} wrote */
    void read(byte[] json, Values values);
}
