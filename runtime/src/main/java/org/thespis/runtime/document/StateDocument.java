package org.thespis.runtime.document;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.thespis.protocol.value.BindingException;

/**
 * The document of one actor, {@code {"write":...,"format":2,"state":{"field":...},"schedule":[...],"recent":[...]}}, taken apart
 * without reading its parts. In format 1 JSON-B wrote the fields. Immutable.
 */
public final class StateDocument {

    /** What is written now. */
    public static final int FORMAT = 2;

    /** What documents begin with; members of fields, a brace and other parts follow. */
    private static final byte[] HEAD =
            ("{\"format\":" + FORMAT + ",\"state\":{").getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** How long that is. */
    public static final int HEAD_LENGTH = HEAD.length;

    private static final byte[] NO_LIST = {'[', ']'};

    /** Takes a member of the state: reads it, or {@linkplain JsonInput#skip passes it by}. */
    public interface FieldReader {

        void read(int format, String name, JsonInput in);
    }

    private int format;
    private byte[] stateBehind; // where the state stood before the format was known
    private boolean hasState;
    private final Map<String, byte[]> parts = new HashMap<>(4);

    private StateDocument() {}

    /** Begins a document. */
    public static void begin(JsonOutput out) {
        out.raw(HEAD);
    }

    /**
     * Takes a document apart, and hands over the members of the state in their order; an empty one has nothing in it.
     *
     * @throws BindingException if it is none, or of another format; some members may have been handed over
     */
    public static StateDocument read(byte[] bytes, FieldReader fields) {
        StateDocument document = new StateDocument();
        if (bytes.length == 0) {
            return document;
        }
        try {
            document.split(new JsonInput(bytes), bytes, fields);
        } catch (FieldFault e) {
            throw e.fault;
        } catch (BindingException e) {
            throw new BindingException("it is no document of a state: " + e.getMessage(), e);
        }
        if (!document.isKnown()) {
            throw new BindingException("its format is " + document.format + ", not 1 or " + FORMAT, null);
        }
        if (document.stateBehind != null) {
            try {
                document.fields(new JsonInput(document.stateBehind), fields);
            } catch (FieldFault e) {
                throw e.fault;
            }
        }
        return document;
    }

    private boolean isKnown() {
        return format >= 1 && format <= FORMAT;
    }

    private void split(JsonInput in, byte[] bytes, FieldReader fields) {
        in.beginObject();
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            int from = in.position();
            if (key.equals("format")) {
                format = (int) in.integer();
            } else if (key.equals("state") && isKnown()) {
                hasState = true;
                fields(in, fields); // as each document that is written begins with its format
            } else {
                in.skip();
                byte[] part = Arrays.copyOfRange(bytes, from, in.at());
                if (key.equals("state")) {
                    hasState = true;
                    stateBehind = part;
                } else {
                    parts.put(key, part);
                }
            }
        }
        if (!hasState) {
            throw new BindingException("it has no state", null);
        }
    }

    private void fields(JsonInput in, FieldReader reader) {
        in.beginObject();
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            try {
                reader.read(format, key, in);
            } catch (BindingException e) {
                throw new FieldFault(e);
            }
        }
    }

    /** The document is one, and a member does not fit its field. */
    private static final class FieldFault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final BindingException fault;

        private FieldFault(BindingException fault) {
            super(fault);
            this.fault = fault;
        }
    }

    /** Another part than the state, a JSON array; an empty one if there is none of that name. */
    public byte[] part(String name) {
        return parts.getOrDefault(name, NO_LIST);
    }
}
