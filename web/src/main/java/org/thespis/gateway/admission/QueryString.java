package org.thespis.gateway.admission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query as the client sent it, parsed by ourselves: the servers differ in what they decode.
 *
 * @param parameters in order, decoded
 */
public record QueryString(List<Parameter> parameters) {

    public record Parameter(String name, String value) {}

    /** @throws org.thespis.runtime.message.ActorException if a percent escape is broken or gives no UTF-8 */
    public static QueryString parse(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    parameters.add(new Parameter(decode(name, true), decode(value, true)));
                }
            }
        }
        return new QueryString(parameters);
    }

    /** Decodes percent escapes, and {@code +} as a blank if it comes from a form. */
    public static String decode(String text, boolean form) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()) {
                    throw GatewayErrors.invalidParameters("a broken percent escape");
                }
                bytes.put((byte) (hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2))));
                i += 2;
            } else if (c == '+' && form) {
                bytes.put((byte) ' ');
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                int length = Character.charCount(text.codePointAt(i));
                bytes.put(text.substring(i, i + length).getBytes(StandardCharsets.UTF_8));
                i += length - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw GatewayErrors.invalidParameters("text that is not UTF-8");
        }
    }

    private static int hex(char c) {
        int digit = Character.digit(c, 16);
        if (digit < 0) {
            throw GatewayErrors.invalidParameters("a broken percent escape");
        }
        return digit;
    }

    /** The first value of a parameter, or null. */
    public String first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name.equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse(null);
    }

    /** What is left for the actor when the gateway has taken its own parameters. */
    public Map<String, List<String>> ofCaller() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (!parameter.name.startsWith(ActorAddress.PREFIX)) {
                query.computeIfAbsent(parameter.name, n -> new ArrayList<>(1)).add(parameter.value);
            }
        }
        return query;
    }
}
