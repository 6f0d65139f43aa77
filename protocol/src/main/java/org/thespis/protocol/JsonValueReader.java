package org.thespis.protocol;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.thespis.protocol.value.Bounds;

/** Reads JSON text to plain values, marks included. Of members with the same name the last one counts, as in JavaScript. */
final class JsonValueReader extends ValueReader {

    private static final int MAX_LONG_DIGITS = 18;
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final JsonParser parser;

    private JsonValueReader(JsonParser parser, ReadLimits limits, int length) {
        super(limits, length);
        this.parser = parser;
    }

    static Object read(String text, ReadLimits limits) throws MalformedMessageException {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            Object value = new JsonValueReader(parser, limits, text.length()).value(parser.next());
            if (parser.hasNext()) {
                throw new MalformedMessageException("more than one JSON value");
            }
            return value;
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new MalformedMessageException("not JSON", e);
        } catch (MalformedMessageException e) {
            throw e;
        } catch (RuntimeException e) { // the parser's own bounds, which differ from server to server
            throw new MalformedMessageException("JSON beyond the bounds of the parser", e);
        }
    }

    private Object value(Event event) throws MalformedMessageException {
        return switch (event) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedMessageException("not JSON");
        };
    }

    private Number number(String digits) throws MalformedMessageException {
        if (digits.length() > Bounds.MAX_NUMBER_CHARS) {
            throw new MalformedMessageException("a number of more than " + Bounds.MAX_NUMBER_CHARS + " characters");
        }
        return digits.length() <= MAX_LONG_DIGITS ? wholeOrReal(digits) : real(digits);
    }

    /** Tells by the text, as the parser makes a decimal first, whose exponent may be anything. */
    private Number wholeOrReal(String digits) throws MalformedMessageException {
        boolean negative = digits.charAt(0) == '-';
        long value = 0;
        for (int i = negative ? 1 : 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return real(digits);
            }
            value = 10 * value + digit;
        }
        return negative && value == 0 ? (Number) number(-0.0) : number(negative ? -value : value);
    }

    private Double real(String digits) throws MalformedMessageException {
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw new MalformedMessageException("a number out of range");
        }
        return number(number);
    }

    private Map<String, Object> object() throws MalformedMessageException {
        enter();
        take(1, MAP_BYTES);
        Map<String, Object> map = new LinkedHashMap<>(USUAL_ENTRIES);
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            take(1, ENTRY_BYTES);
            String key = text(parser.getString());
            map.put(key, value(parser.next()));
        }
        leave();
        return map;
    }

    private Object list() throws MalformedMessageException {
        enter();
        take(1, LIST_BYTES);
        List<Object> list = new ArrayList<>(USUAL_ITEMS);
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            take(1, ITEM_BYTES);
            list.add(value(event));
        }
        leave();
        return Marks.read(list);
    }
}
