package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.FormatOneTypes.Color;
import org.thespis.runtime.document.FormatOneTypes.Position;

/** Documents of format 1 are read, as they were written before there was another. */
class FormatOneTest {

    private final Values values = Values.create();

    static byte[] document() throws IOException {
        try (InputStream in = FormatOneTest.class.getResourceAsStream("/document/format-1.json")) {
            return in.readAllBytes();
        }
    }

    private void read(byte[] document, Object bean) {
        Map<String, StateField> fields = new HashMap<>();
        for (Field field : SameFields.of(bean.getClass())) {
            StateField state = StateField.of(bean.getClass(), field);
            fields.put(state.name(), state);
        }
        StateDocument.read(document, (format, name, in) -> {
            assertThat(format).isEqualTo(1);
            fields.get(name).readFormatOne(bean, in, values);
        });
    }

    @Test
    void everyFieldOfItComesBackAsItDid() throws IOException {
        FormatOneState read = new FormatOneState();
        read(document(), read);
        assertThat(read.differences()).isEmpty();
    }

    @Test
    void itsPlansAndCallsAreFound() throws IOException {
        StateDocument document = StateDocument.read(document(), (format, name, in) -> in.skip());
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
        YearMonth month;

        record Pair<A, B>(A first, B second) {}
    }

    @Test
    void whatWasWrittenButCouldNotBeReadIsReadNow() {
        NeverReadable bean = new NeverReadable();
        read(
                "{\"format\":1,\"state\":{\"votes\":{\"RED\":\"r\"},\"pair\":{\"first\":{\"x\":1,\"y\":2},\"second\":3},\"month\":\"12345-01\"}}"
                        .getBytes(),
                bean);
        assertThat(bean.month).isEqualTo(YearMonth.of(12_345, 1));
        assertThat(bean.votes).isEqualTo(new EnumMap<>(Map.of(Color.RED, "r")));
        assertThat(bean.pair).isEqualTo(new NeverReadable.Pair<>(new Position(1, 2), 3));
    }

    @Test
    void aFormatThatStandsBehindTheStateCountsAllTheSame() {
        List<String> members = new java.util.ArrayList<>();
        StateDocument.read("{\"state\":{\"a\":1,\"b\":[2]},\"format\":1}".getBytes(), (format, name, in) -> {
            members.add(name + format);
            in.skip();
        });
        assertThat(members).containsExactly("a1", "b1");
    }

    @Test
    void documentsOfOtherFormatsAreRefused() {
        for (String strange :
                List.of("", "{\"format\":3,\"state\":{}}", "{\"format\":1}", "{\"format\":", "[]", "{}")) {
            if (!strange.isEmpty()) {
                org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> StateDocument.read(strange.getBytes(), (format, name, in) -> in.skip()))
                        .isInstanceOf(org.thespis.protocol.value.BindingException.class);
            }
        }
        assertThat(StateDocument.read(new byte[0], (format, name, in) -> in.skip())
                        .part("schedule"))
                .isEqualTo("[]".getBytes());
    }
}
