package org.thespis.runtime.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The ids of clients that are inside the server. They begin as no id of a client of the gateway does, so that what is for them
 * is told apart without a look-up.
 */
public final class InsideIds {

    private static final String PREFIX = "inside-";

    private InsideIds() {}

    /** @param unique over all nodes, for ever */
    public static String of(String unique) {
        return PREFIX + unique;
    }

    public static boolean isInside(String clientId) {
        return clientId.startsWith(PREFIX);
    }

    /** Those of an event's receivers that are inside. */
    public static List<String> among(List<String> receivers) {
        return receivers instanceof Receivers many ? many.inside() : select(receivers);
    }

    static List<String> select(List<String> ids) {
        List<String> inside = List.of(); // as it is most of the time
        for (String id : ids) {
            if (isInside(id)) {
                inside = inside.isEmpty() ? new ArrayList<>(2) : inside;
                inside.add(id);
            }
        }
        return inside;
    }
}
