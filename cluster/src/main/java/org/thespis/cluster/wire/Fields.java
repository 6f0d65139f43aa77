package org.thespis.cluster.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.protocol.MalformedMessageException;

/**
 * The fields of a message or a part of one, by short names. A field that its reader does not know is passed over, so a later
 * release may add some; one that is missing reads as null, or is an error where it must be there. Used by one thread.
 */
final class Fields {

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    static Fields empty() {
        return new Fields(new LinkedHashMap<>());
    }

    @SuppressWarnings("unchecked") // the reader of CBOR makes keys texts
    static Fields of(Object plain) throws MalformedMessageException {
        if (!(plain instanceof Map<?, ?> map)) {
            throw new MalformedMessageException("no fields");
        }
        return new Fields((Map<String, Object>) map);
    }

    /** Null is left out. */
    Fields put(String name, Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    Fields put(String name, Fields part) {
        return put(name, part == null ? null : (Object) part.values);
    }

    Map<String, Object> plain() {
        return values;
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    private MalformedMessageException missing(String name) {
        return new MalformedMessageException("the field " + name + " is missing or no such thing");
    }

    String text(String name) throws MalformedMessageException {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw missing(name);
    }

    String textOrNull(String name) throws MalformedMessageException {
        return has(name) ? text(name) : null;
    }

    /** Whole numbers come as one of several classes, by their size. */
    long number(String name) throws MalformedMessageException {
        return number(name, values.get(name));
    }

    private long number(String name, Object value) throws MalformedMessageException {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Double number && number == (long) (double) number) {
            return (long) (double) number;
        }
        if (value instanceof java.math.BigInteger number && number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        throw missing(name);
    }

    int smallNumber(String name) throws MalformedMessageException {
        long number = number(name);
        if (number != (int) number) {
            throw missing(name);
        }
        return (int) number;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    byte[] bytes(String name) throws MalformedMessageException {
        if (values.get(name) instanceof byte[] bytes) {
            return bytes;
        }
        throw missing(name);
    }

    private List<?> list(String name) throws MalformedMessageException {
        if (values.get(name) instanceof List<?> list) {
            return list;
        }
        throw missing(name);
    }

    List<String> texts(String name) throws MalformedMessageException {
        List<?> list = list(name);
        List<String> texts = new ArrayList<>(list.size());
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw missing(name);
            }
            texts.add(text);
        }
        return texts;
    }

    List<Integer> smallNumbers(String name) throws MalformedMessageException {
        List<?> list = list(name);
        List<Integer> numbers = new ArrayList<>(list.size());
        for (Object item : list) {
            long number = number(name, item);
            if (number != (int) number) {
                throw missing(name);
            }
            numbers.add((int) number);
        }
        return numbers;
    }

    Fields part(String name) throws MalformedMessageException {
        return of(values.get(name));
    }

    Map<String, String> textsByName(String name) throws MalformedMessageException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : part(name).values.entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw missing(name);
            }
            texts.put(entry.getKey(), text);
        }
        return texts;
    }

    Map<String, List<String>> listsByName(String name) throws MalformedMessageException {
        Fields part = part(name);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String key : part.values.keySet()) {
            lists.put(key, part.texts(key));
        }
        return lists;
    }
}
