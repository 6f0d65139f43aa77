package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.FormatOneState.Color;
import org.thespis.runtime.document.FormatOneState.Position;

/** Documents of format 1 are read, as they were written before there was another. */
class FormatOneTest {

    private static final RecursiveComparisonConfiguration EQUALS_OF_JSON = RecursiveComparisonConfiguration.builder()
            .withEqualsForType((one, other) -> one.equals(other), JsonValue.class)
            .build();

    private final Values values = Values.create();

    static byte[] document() throws IOException {
        try (InputStream in = FormatOneTest.class.getResourceAsStream("/document/format-1.json")) {
            return in.readAllBytes();
        }
    }

    private void read(byte[] document, Object bean) {
        Map<String, StateField> fields = new HashMap<>();
        for (Field field : bean.getClass().getDeclaredFields()) {
            StateField state = StateField.of(bean.getClass(), field);
            fields.put(state.name(), state);
        }
        StateDocument.parse(document).fields((name, in) -> fields.get(name).readFormatOne(bean, in, values));
    }

    @Test
    void everyFieldOfItComesBackAsItDid() throws IOException {
        FormatOneState read = new FormatOneState();
        read(document(), read);
        FormatOneState written = FormatOneState.filled();
        for (Field field : FormatOneState.class.getDeclaredFields()) {
            if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                assertThat(read)
                        .extracting(field.getName())
                        .as(field.getName())
                        .usingRecursiveComparison(EQUALS_OF_JSON)
                        .isEqualTo(get(field, written));
            }
        }
    }

    private static Object get(Field field, Object bean) {
        try {
            field.setAccessible(true);
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itsPlansAndCallsAreFound() throws IOException {
        StateDocument document = StateDocument.parse(document());
        assertThat(document.format()).isEqualTo(1);
        assertThat(new String(document.part("schedule")))
                .startsWith("[{\"id\":\"p1\"")
                .endsWith("]");
        assertThat(new String(document.part("recent")))
                .startsWith("[{\"id\":\"k1\"")
                .endsWith("]");
    }

    static final class NeverReadable {
        EnumMap<Color, String> votes;
        Pair<Position, Integer> pair;

        record Pair<A, B>(A first, B second) {}
    }

    @Test
    void whatWasWrittenButCouldNotBeReadIsReadNow() {
        NeverReadable bean = new NeverReadable();
        read(
                "{\"format\":1,\"state\":{\"votes\":{\"RED\":\"r\"},\"pair\":{\"first\":{\"x\":1,\"y\":2},\"second\":3}}}"
                        .getBytes(),
                bean);
        assertThat(bean.votes).isEqualTo(new EnumMap<>(Map.of(Color.RED, "r")));
        assertThat(bean.pair).isEqualTo(new NeverReadable.Pair<>(new Position(1, 2), 3));
    }

    @Test
    void documentsOfOtherFormatsAreRefused() {
        for (String strange :
                List.of("", "{\"format\":3,\"state\":{}}", "{\"format\":1}", "{\"format\":", "[]", "{}")) {
            if (!strange.isEmpty()) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> StateDocument.parse(strange.getBytes()))
                        .isInstanceOf(org.thespis.protocol.value.BindingException.class);
            }
        }
        assertThat(StateDocument.parse(new byte[0]).part("schedule")).isEqualTo("[]".getBytes());
    }
}
