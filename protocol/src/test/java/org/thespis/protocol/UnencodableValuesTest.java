package org.thespis.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;
import org.thespis.protocol.value.Bounds;

/** What an encoding cannot carry is one exception from every way to write it. */
@Timeout(20)
class UnencodableValuesTest {

    private static final String HALF = "a\ud800";

    private static List<WireCodec> codecs() {
        return List.of(WireCodec.JSON, WireCodec.CBOR, WireCodec.BARE);
    }

    private static List<WireCodec> binaryCodecs() {
        return List.of(WireCodec.CBOR, WireCodec.BARE);
    }

    private static Object nested(int levels, boolean maps) {
        Object value = 1L;
        for (int i = 0; i < levels; i++) {
            value = maps ? Map.of("a", value) : List.of(value);
        }
        return value;
    }

    private static void assertUnencodable(WireCodec codec, Object value) {
        ErrorDetail error = new ErrorDetail("g", "c", "m", value, null);
        for (Runnable encoding : List.<Runnable>of(
                () -> codec.encode(new ActionResponse(1, value)),
                () -> codec.encode(new Event("e", Collections.singletonList(value))),
                () -> codec.encode(new Failure(error, 1L)),
                () -> codec.encodeOutput(value),
                () -> codec.encodeError(error))) {
            assertThatThrownBy(encoding::run).isInstanceOf(UnencodableException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void depthIsBounded(WireCodec codec) {
        codec.encodeOutput(nested(Bounds.MAX_DEPTH, true));
        codec.encodeOutput(nested(Bounds.MAX_DEPTH, false));
        assertUnencodable(codec, nested(Bounds.MAX_DEPTH + 1, true));
        assertUnencodable(codec, nested(Bounds.MAX_DEPTH + 1, false));
        assertUnencodable(codec, nested(100_000, false));
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        assertUnencodable(codec, itself);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void onlyPlainValuesHaveAForm(WireCodec codec) {
        for (Object value : new Object[] {new Object(), 'c', 1.5f, new int[0], Thread.currentThread()}) {
            assertUnencodable(codec, value);
            assertUnencodable(codec, Arrays.asList(1L, value));
        }
        assertUnencodable(codec, Map.of(1L, 1L));
        assertUnencodable(codec, Collections.singletonMap(null, 1L));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void numbersHaveTheirRange(WireCodec codec) {
        assertUnencodable(codec, BigInteger.ONE.shiftLeft(Bounds.MAX_NUMBER_BITS));
        assertUnencodable(codec, BigInteger.ONE.shiftLeft(100_000_000).negate());
        assertUnencodable(codec, new BigDecimal("1e1000000000"));
        assertUnencodable(codec, new BigDecimal("-1e309"));
        codec.encodeOutput(new BigDecimal("1e-1000000000"));
    }

    @Test
    void largeDecimalsKeepTheirValue() {
        assertThat(PlainCodec.writeJson(new BigDecimal("1e30"))).isEqualTo("1.0E30");
        assertThat(PlainCodec.writeJson(new BigDecimal("1e17"))).isEqualTo("[\"$BigInt\",\"100000000000000000\"]");
        assertThat(PlainCodec.writeJson(new BigDecimal("12e2"))).isEqualTo("1200");
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aValueThatHoldsAnotherManyTimesOverEnds(WireCodec codec) {
        Object value = "x".repeat(1_000);
        for (int i = 0; i < 20; i++) {
            value = Collections.nCopies(10, value);
        }
        Object bomb = value;
        assertThatThrownBy(() -> codec.encodeOutput(bomb)).isInstanceOf(UnencodableException.class);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void missingNamesAreNoCrash(WireCodec codec) {
        assertThatThrownBy(() -> codec.encode(new Event(null, List.of()))).isInstanceOf(UnencodableException.class);
        assertThatThrownBy(() -> codec.encode(new Failure(ErrorDetail.of("g", "c", null), null)))
                .isInstanceOf(UnencodableException.class);
    }

    @ParameterizedTest
    @MethodSource("binaryCodecs")
    void halfASurrogatePairHasNoFormInUtf8(WireCodec codec) {
        for (String text :
                List.of(HALF, "\udc00", "\udc00\ud800", "\ud83dx", "\ud83d\ud83d\ude00", "x".repeat(100) + HALF)) {
            assertUnencodable(codec, text);
            assertUnencodable(codec, List.of("fine", Map.of(text, 1L)));
        }
        for (ServerMessage message : List.of(
                new Event(HALF, List.of()),
                new Init(HALF, "c"),
                new Init("a", HALF),
                new Failure(ErrorDetail.of(HALF, "c", "m"), null),
                new Failure(ErrorDetail.of("g", HALF, "m"), null),
                new Failure(ErrorDetail.of("g", "c", HALF), null),
                new Failure(new ErrorDetail("g", "c", "m", null, new ActorSpecifier("a", 1, HALF)), null))) {
            assertThatThrownBy(() -> codec.encode(message)).isInstanceOf(UnencodableException.class);
        }
    }

    @Test
    void jsonEscapesHalfASurrogatePairAndReadsItBack() throws MalformedMessageException {
        Object value = List.of(HALF, Map.of("\udc00", "\ud83d\ude00"));
        String json = PlainCodec.writeJson(value);
        assertThat(json).isEqualTo("[\"a\\ud800\",{\"\\udc00\":\"\ud83d\ude00\"}]");
        assertThat(PlainCodec.readJson(json)).isEqualTo(value);
        assertThat(WireCodec.JSON.encode(new Event(HALF, List.of())).size()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("binaryCodecs")
    void allOtherTextIsWrittenAsUtf8(WireCodec codec) throws MalformedMessageException {
        for (String text :
                List.of("", "a", "\u007f\u0080\u07ff\u0800\uffff", "\ud83d\ude00\udbff\udfff", "ü".repeat(100))) {
            for (String padding : List.of("", "x".repeat(47), "x".repeat(48), "x".repeat(300))) {
                byte[] body = codec.encodeOutput(text + padding);
                byte[] utf8 = Bytes.utf8(text + padding);
                assertThat(Arrays.copyOfRange(body, body.length - utf8.length, body.length))
                        .isEqualTo(utf8);
            }
        }
    }
}
