package org.thespis.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.GuideValues.Given;
import org.thespis.protocol.GuideValues.Sent;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.GenericTypes;
import org.thespis.protocol.value.Values;

/**
 * {@code docs/values.md} says what is so: each row of its tables is a value that was written in each encoding and read by the
 * other side. {@code -Ddocs.write=true} writes them anew.
 */
class ValuesGuideTest {

    private static final Path GUIDE = Path.of("../docs/values.md");
    private static final String BEGIN = "<!-- tables -->\n";
    private static final List<String> ENCODINGS = List.of("json", "cbor", "bare");

    private final Values values = Values.create();

    @Test
    void theGuideSaysWhatBecomesOfEachValue() throws IOException {
        String guide = Files.readString(GUIDE);
        String whole = guide.substring(0, guide.indexOf(BEGIN) + BEGIN.length()) + tables();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(GUIDE, whole);
        }
        assertThat(guide).as("docs/values.md; -Ddocs.write=true writes it anew").isEqualTo(whole);
    }

    private String tables() {
        return "\n## From Java to JavaScript\n\n| type | value | in JavaScript |\n|---|---|---|\n"
                + GuideValues.given().stream().map(this::row).collect(Collectors.joining())
                + "\n## From JavaScript to Java\n\n| in JavaScript | parameter | is given |\n|---|---|---|\n"
                + GuideValues.sent().stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Given given) {
        return "| " + cell(given.type()) + " | " + code(given.text()) + " | "
                + eachEncoding(encoding -> code(seen(encoding, given.value()))) + " |\n";
    }

    private String row(Sent sent) {
        return "| " + code(NpmClient.show(sent.value())) + " | " + cell(name(sent.type())) + " | "
                + eachEncoding(encoding -> bound(encoding, sent)) + " |\n";
    }

    private interface Encoded {
        String in(String encoding);
    }

    /** One text if all are the same. */
    private static String eachEncoding(Encoded encoded) {
        Map<String, List<String>> byText = ENCODINGS.stream().collect(Collectors.groupingBy(encoded::in));
        if (byText.size() == 1) {
            return byText.keySet().iterator().next();
        }
        return ENCODINGS.stream()
                .map(encoded::in)
                .distinct()
                .map(text -> String.join(", ", byText.get(text)) + ": " + text)
                .collect(Collectors.joining("; "));
    }

    private String seen(String encoding, Object value) {
        try {
            byte[] answer = WireCodec.of(encoding).orElseThrow().encodeOutput(values.plain(value));
            return NpmClient.show(NpmClient.sees(encoding, answer));
        } catch (BindingException | UnencodableException e) {
            return "refused: " + e.getMessage();
        }
    }

    private String bound(String encoding, Sent sent) {
        try {
            byte[] body = NpmClient.sends(encoding, sent.value());
            List<Object> arguments = WireCodec.of(encoding).orElseThrow().decodeArguments(body);
            Object bound = values.bind(arguments.get(0), sent.type());
            boolean missing = bound == null && GenericTypes.raw(sent.type()).isPrimitive(); // as the runtime sees it
            return missing ? "refused: missing" : describe(bound);
        } catch (MalformedMessageException | BindingException e) {
            return "refused: " + cell(e.getMessage());
        }
    }

    private static String describe(Object bound) {
        if (bound == null) {
            return "null";
        }
        Class<?> type = bound.getClass();
        if (bound instanceof Date date) {
            return "Date of " + code(date.toInstant().toString());
        }
        if (!type.isArray()) {
            return type.getSimpleName() + " " + code(bound.toString());
        }
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < Array.getLength(bound); i++) {
            items.append(i == 0 ? "" : ", ").append(Array.get(bound, i));
        }
        return type.getSimpleName() + " " + code("{" + items + "}");
    }

    private static String name(Type type) {
        return type.getTypeName()
                .replaceAll("[a-z][\\w]*(\\.[a-z]\\w*)*\\.(?=[A-Z])", "")
                .replaceAll("\\w+\\$", "");
    }

    private static String code(String text) {
        return text.startsWith("refused") ? cell(text) : "`" + text.replace("|", "\\|") + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
