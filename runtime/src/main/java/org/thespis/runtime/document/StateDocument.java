package org.thespis.runtime.document;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.thespis.protocol.value.BindingException;

/**
 * The document of one actor, {@code {"format":2,"state":{"field":...},"schedule":[...],"recent":[...]}}, taken apart without
 * reading its parts. In format 1 JSON-B wrote the fields. Immutable.
 */
public final class StateDocument {

    /** What is written now. */
    public static final int FORMAT = 2;

    /** What documents begin with; members of fields, a brace and other parts follow. */
    private static final byte[] HEAD =
            ("{\"format\":" + FORMAT + ",\"state\":{").getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final byte[] NO_LIST = {'[', ']'};
    private static final byte[] NO_STATE = {'{', '}'};

    private final byte[] bytes;
    private int format;
    private int stateFrom;
    private int stateTo;
    private final Map<String, byte[]> parts = new HashMap<>(4);

    private StateDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Begins a document. */
    public static void begin(JsonOutput out) {
        out.raw(HEAD);
    }

    /**
     * Takes a document apart; an empty one has nothing in it.
     *
     * @throws BindingException if it is none, or of another format
     */
    public static StateDocument parse(byte[] bytes) {
        if (bytes.length == 0) {
            StateDocument nothing = new StateDocument(NO_STATE);
            nothing.format = FORMAT;
            nothing.stateTo = NO_STATE.length;
            return nothing;
        }
        StateDocument document = new StateDocument(bytes);
        try {
            document.split(new JsonInput(bytes));
        } catch (BindingException e) {
            throw new BindingException("it is no document of a state: " + e.getMessage(), e);
        }
        if (document.format < 1 || document.format > FORMAT) {
            throw new BindingException("its format is " + document.format + ", not 1 or " + FORMAT, null);
        }
        return document;
    }

    private void split(JsonInput in) {
        in.beginObject();
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            int from = in.position();
            if (key.equals("format")) {
                format = (int) in.integer();
                continue;
            }
            in.skip();
            switch (key) {
                case "state" -> {
                    stateFrom = from;
                    stateTo = in.at();
                }
                default -> parts.put(key, Arrays.copyOfRange(bytes, from, in.at()));
            }
        }
        if (stateTo == 0) {
            throw new BindingException("it has no state", null);
        }
    }

    public int format() {
        return format;
    }

    /** Hands over the members of the state, in their order; who takes one reads it or {@linkplain JsonInput#skip passes it by}. */
    public void fields(BiConsumer<String, JsonInput> reader) {
        JsonInput in = new JsonInput(bytes, stateFrom, stateTo);
        in.beginObject();
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            reader.accept(key, in);
        }
    }

    /** Another part than the state, a JSON array; an empty one if there is none of that name. */
    public byte[] part(String name) {
        return parts.getOrDefault(name, NO_LIST);
    }
}
