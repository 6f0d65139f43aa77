package org.thespis.api;

import java.util.ArrayList;
import java.util.List;

/**
 * The key of an actor among those of its type: any number of text segments, also none, also empty ones.
 *
 * @param segments never null, in order
 */
public record ActorKey(List<String> segments) {

    private static final String EMPTY_KEY = "/";
    private static final String EMPTY_SEGMENT = "\\0";

    public ActorKey {
        segments = List.copyOf(segments);
    }

    public static ActorKey of(String... segments) {
        return new ActorKey(List.of(segments));
    }

    /**
     * Reads the serialized form that {@link #toString()} gives: segments joined with {@code /}, where {@code \} and
     * {@code /} are escaped with {@code \}, an empty segment is {@code \0} and the empty key is {@code /}.
     */
    public static ActorKey parse(String serialized) {
        if (serialized.isEmpty() || serialized.equals(EMPTY_KEY)) {
            return of();
        }
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < serialized.length(); i++) {
            char c = serialized.charAt(i);
            if (c == '/') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else if (c != '\\' || i + 1 == serialized.length()) {
                segment.append(c);
            } else if (serialized.charAt(++i) != '0') { // \0 stands for an empty segment
                segment.append(serialized.charAt(i));
            }
        }
        segments.add(segment.toString());
        return new ActorKey(segments);
    }

    /** The serialized form, see {@link #parse}. */
    @Override
    public String toString() {
        if (segments.isEmpty()) {
            return EMPTY_KEY;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            if (i > 0) {
                out.append('/');
            }
            String segment = segments.get(i);
            out.append(segment.isEmpty() ? EMPTY_SEGMENT : escape(segment));
        }
        return out.toString();
    }

    private static String escape(String segment) {
        return segment.replace("\\", "\\\\").replace("/", "\\/");
    }
}
