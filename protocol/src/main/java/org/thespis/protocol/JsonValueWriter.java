package org.thespis.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;

/** Writes plain values as JSON in UTF-8, with marks for what JSON lacks. Used by one thread. */
final class JsonValueWriter extends ValueWriter {

    private static final byte[] HEX = Bytes.utf8("0123456789abcdef");

    private final Bytes out;

    JsonValueWriter(Bytes out) {
        this.out = out;
    }

    @Override
    void value(Object value, int levels) {
        if (value == null) {
            out.ascii("null");
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer || value instanceof Boolean) {
            out.ascii(value.toString());
        } else if (value instanceof Long number) {
            wholeNumber(number);
        } else if (value instanceof Double number) {
            out.ascii(Double.isFinite(number) ? number.toString() : "null");
        } else if (value instanceof Map<?, ?> map) {
            object(map, inner(levels));
        } else if (value instanceof List<?> list) {
            list(list, inner(levels));
        } else {
            rare(value);
        }
    }

    private void rare(Object value) {
        if (value instanceof BigInteger number) {
            mark(Marks.BIG_INT, digits(number));
        } else if (value instanceof BigDecimal number) {
            value(Marks.number(number));
        } else if (value instanceof byte[] bytes) {
            mark(Marks.BYTES, base64(bytes));
        } else if (value instanceof Instant instant) {
            text(instant.toString());
        } else if (value instanceof Undefined) {
            out.ascii("[\"" + Marks.UNDEFINED + "\",0]");
        } else {
            throw notPlain();
        }
    }

    private void wholeNumber(long number) {
        if (Marks.isSafe(number)) {
            out.ascii(Long.toString(number));
        } else {
            mark(Marks.BIG_INT, Long.toString(number));
        }
    }

    private void mark(String mark, String value) {
        out.ascii("[\"");
        out.ascii(mark);
        out.ascii("\",\"");
        out.ascii(value);
        out.ascii("\"]");
    }

    private void object(Map<?, ?> map, int levels) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.u8(separator);
            key(entry.getKey());
            out.u8(':');
            value(entry.getValue(), levels);
            separator = ',';
        }
        if (separator == '{') {
            out.u8('{');
        }
        out.u8('}');
    }

    private void list(List<?> list, int levels) {
        out.u8('[');
        Iterator<?> items = list.iterator();
        if (Marks.looksLikeMark(list)) {
            text("$" + items.next());
            out.u8(',');
        }
        while (items.hasNext()) {
            value(items.next(), levels);
            if (items.hasNext()) {
                out.u8(',');
            }
        }
        out.u8(']');
    }

    @Override
    void text(String text) {
        Bytes.requireText(text);
        out.u8('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.u8('\\');
                out.u8(c);
            } else if (c < ' ') {
                control(c);
            } else if (c < 0x80) {
                out.u8(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.raw(Bytes.utf8(text.substring(i, ++i + 1)));
            } else if (Character.isSurrogate(c)) {
                control(c); // half a pair has no UTF-8, but JSON can escape it
            } else if (c < 0x800) {
                out.u8(0xc0 | c >> 6);
                out.u8(0x80 | c & 0x3f);
            } else {
                out.u8(0xe0 | c >> 12);
                out.u8(0x80 | c >> 6 & 0x3f);
                out.u8(0x80 | c & 0x3f);
            }
        }
        out.u8('"');
    }

    private void control(char c) {
        out.ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.u8(HEX[c >> shift & 0xf]);
        }
    }
}
