package org.thespis.runtime.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.thespis.protocol.value.BindingException;

/**
 * Reads JSON from bytes, value by value. One thread. Every method throws {@link BindingException} if there is something else
 * than it reads.
 */
public final class JsonInput {

    private final byte[] bytes;
    private final int end;
    private int at;
    private int level;

    public JsonInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads the bytes from {@code from} to before {@code to}. */
    public JsonInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Where the next value begins, in bytes. */
    public int position() {
        peek();
        return at;
    }

    /** Behind what was read last. */
    int at() {
        return at;
    }

    /** Passes the next value by and gives its bytes. */
    public byte[] slice() {
        int from = position();
        skip();
        return Arrays.copyOfRange(bytes, from, at);
    }

    void enter() {
        if (++level > JsonOutput.MAX_LEVELS) {
            throw fault("fewer levels");
        }
    }

    void leave() {
        level--;
    }

    /** The first sign of the next value, or of what ends the present one. */
    char peek() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return (char) b;
            }
            at++;
        }
        throw fault("more");
    }

    BindingException fault(String expected) {
        String got = at < end ? "'" + (char) bytes[at] + "'" : "the end";
        return new BindingException("expected " + expected + ", got " + got + " at byte " + at, null);
    }

    private void expect(char sign) {
        if (peek() != sign) {
            throw fault("'" + sign + "'");
        }
        at++;
    }

    /** Whether this was null; then it is read. */
    boolean tryNull() {
        if (peek() == 'n') {
            word("null");
            return true;
        }
        return false;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || bytes[at] != word.charAt(i)) {
                throw fault(word);
            }
            at++;
        }
    }

    boolean bool() {
        boolean value = peek() == 't';
        word(value ? "true" : "false");
        return value;
    }

    /** Begins an object; {@link #nextKey} follows. */
    public void beginObject() {
        expect('{');
    }

    /** The name of the next member, or null after the last; then the object has ended. */
    public String nextKey() {
        if (peek() == ',') {
            at++;
        } else if (bytes[at] == '}') {
            at++;
            return null;
        }
        String key = text();
        expect(':');
        return key;
    }

    /** Ends an object that has no further member. */
    void endObject() {
        if (nextKey() != null) {
            throw fault("'}'");
        }
    }

    /** Whether the object goes on with exactly these bytes (a name in quotes and a colon); then they are read. */
    boolean tryKey(byte[] quoted) {
        return tryBytes(at < end && bytes[at] == ',' ? at + 1 : at, quoted);
    }

    /** Whether exactly these bytes follow; then they are read. */
    boolean tryRaw(byte[] expected) {
        return tryBytes(at, expected);
    }

    private boolean tryBytes(int from, byte[] expected) {
        int size = expected.length;
        if (end - from < size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        at = from + size;
        return true;
    }

    /** Whether the next value is an object that begins with exactly this key; then both are read. */
    boolean tryMark(byte[] quoted) {
        if (peek() != '{') {
            return false;
        }
        int start = at++;
        if (tryKey(quoted)) {
            return true;
        }
        at = start;
        return false;
    }

    /** Begins an array; {@link #nextElement} follows. */
    public void beginArray() {
        expect('[');
    }

    /** Whether there is another element; if not, the array has ended. */
    public boolean nextElement() {
        char sign = peek();
        if (sign == ']') {
            at++;
            return false;
        }
        if (sign == ',') {
            at++;
        }
        return true;
    }

    /** Ends an array that has no further element. */
    void endArray() {
        if (nextElement()) {
            throw fault("']'");
        }
    }

    /** A number as it is written. */
    @SuppressWarnings("deprecation") // the one way that makes ASCII text without a decoder
    String number() {
        peek();
        int from = at;
        while (at < end && isNumeric(bytes[at])) {
            at++;
        }
        if (at == from) {
            throw fault("a number");
        }
        return new String(bytes, 0, from, at - from);
    }

    /** The next number as it is written; it is not read. */
    String lookAtNumber() {
        int from = position();
        String number = number();
        at = from;
        return number;
    }

    /** Whether the next number is written with a fraction or an exponent. */
    boolean isFraction() {
        for (int i = at; i < end && isNumeric(bytes[i]); i++) {
            if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumeric(byte b) {
        return b >= '0' && b <= '9' || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    public long integer() {
        boolean negative = peek() == '-';
        int from = at;
        int i = negative ? at + 1 : at;
        long value = 0;
        int limit = Math.min(end, i + 18);
        while (i < limit && bytes[i] >= '0' && bytes[i] <= '9') {
            value = value * 10 + bytes[i++] - '0';
        }
        if (i == limit || i == from || isNumeric(bytes[i])) {
            return parsed(number()); // long, or no integer at all
        }
        at = i;
        return negative ? -value : value;
    }

    private static long parsed(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new BindingException("expected an integer, got " + number, e);
        }
    }

    public String text() {
        expect('"');
        int from = at;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                @SuppressWarnings("deprecation") // as above
                String ascii = new String(bytes, 0, from, at - from);
                at++;
                return ascii;
            }
            if (b == '\\' || b < 0) {
                return longText(from);
            }
            at++;
        }
        throw fault("the end of a text");
    }

    private String longText(int from) {
        StringBuilder text = new StringBuilder();
        int start = from;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                text.append(new String(bytes, start, at - start, StandardCharsets.UTF_8));
                at++;
                text.append(escaped());
                start = at;
            } else {
                at++;
            }
        }
        text.append(new String(bytes, start, at - start, StandardCharsets.UTF_8));
        expect('"');
        return text.toString();
    }

    private char escaped() {
        if (at >= end) {
            throw fault("an escaped sign");
        }
        char sign = (char) bytes[at++];
        return switch (sign) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> hex();
            default -> sign;
        };
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < end ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                throw fault("a hexadecimal digit");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    /** Passes a value by, however deep it is. */
    public void skip() {
        int open = 0;
        do {
            char sign = peek();
            switch (sign) {
                case '{', '[' -> {
                    open++;
                    at++;
                }
                case '}', ']' -> {
                    open--;
                    at++;
                }
                case ',', ':' -> at++;
                case '"' -> skipText();
                case 't' -> word("true");
                case 'f' -> word("false");
                case 'n' -> word("null");
                default -> number();
            }
        } while (open > 0);
    }

    private void skipText() {
        at++;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        expect('"');
    }
}
