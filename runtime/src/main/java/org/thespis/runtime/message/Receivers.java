package org.thespis.runtime.message;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * The ids of those who subscribed to an event, the same object for each event until somebody comes or goes. So the sink
 * need not look up each of them each time: 2 to 6 percent of a broadcast. Any thread.
 */
public final class Receivers extends AbstractList<String> implements RandomAccess {

    private final List<String> ids;
    private volatile List<?> found;
    private volatile List<String> inside;

    public Receivers(List<String> ids) {
        this.ids = List.copyOf(ids);
    }

    /**
     * What the sink has for these ids. One that has left since may still be in it.
     *
     * @param search asked the first time; the only one who asks always passes the same
     */
    @SuppressWarnings("unchecked")
    public <T> List<T> found(Function<List<String>, List<T>> search) {
        List<?> result = found;
        if (result == null) {
            result = search.apply(ids);
            found = result;
        }
        return (List<T>) result;
    }

    /** Those that are inside the server. */
    List<String> inside() {
        List<String> result = inside;
        if (result == null) {
            result = InsideIds.select(ids);
            inside = result;
        }
        return result;
    }

    @Override
    public String get(int index) {
        return ids.get(index);
    }

    @Override
    public int size() {
        return ids.size();
    }
}
