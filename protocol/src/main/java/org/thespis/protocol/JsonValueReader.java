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

/** Reads JSON text to plain values, marks included. */
final class JsonValueReader {

    /** Levels of lists and objects in a message. */
    static final int MAX_DEPTH = 256;

    private static final int MAX_LONG_DIGITS = 18;
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final JsonParser parser;
    private int depth;

    private JsonValueReader(JsonParser parser) {
        this.parser = parser;
    }

    static Object read(String text) throws MalformedMessageException {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            Object value = new JsonValueReader(parser).value(parser.next());
            if (parser.hasNext()) {
                throw new MalformedMessageException("more than one JSON value");
            }
            return value;
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new MalformedMessageException("not JSON", e);
        } catch (MalformedMessageException e) {
            throw e;
        } catch (RuntimeException e) { // Parsson reports too deep a nesting as a bare RuntimeException
            throw new MalformedMessageException("JSON too deep", e);
        }
    }

    private Object value(Event event) throws MalformedMessageException {
        return switch (event) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedMessageException("not JSON");
        };
    }

    private Number number() {
        if (parser.isIntegralNumber()) {
            String digits = parser.getString();
            if (digits.length() <= MAX_LONG_DIGITS && !digits.equals("-0")) {
                return parser.getLong();
            }
            return Double.valueOf(digits);
        }
        return Double.valueOf(parser.getString());
    }

    private Map<String, Object> object() throws MalformedMessageException {
        enter();
        Map<String, Object> map = new LinkedHashMap<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String key = parser.getString();
            map.put(key, value(parser.next()));
        }
        depth--;
        return map;
    }

    private Object list() throws MalformedMessageException {
        enter();
        List<Object> list = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            list.add(value(event));
        }
        depth--;
        return Marks.read(list);
    }

    private void enter() throws MalformedMessageException {
        if (++depth > MAX_DEPTH) {
            throw new MalformedMessageException("nested deeper than " + MAX_DEPTH + " levels");
        }
    }
}
