package org.thespis.runtime.declaration;

import jakarta.json.JsonArray;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;

/** What the runtime itself keeps in an actor's document, beside the author's fields. Used in turns. */
public interface DocumentPart {

    /** The member of the document. */
    String member();

    /** Whether there is nothing to keep. */
    boolean isEmpty();

    /** All of it as a JSON array. */
    String json(Values values);

    /** @throws BindingException if that is not what {@link #json} wrote */
    void read(JsonArray all, Values values);
}
