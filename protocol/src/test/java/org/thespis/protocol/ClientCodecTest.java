package org.thespis.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.Undefined;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;

/** What one side writes the other reads, in both directions. */
class ClientCodecTest {

    private static final int CHANGED_FRAMES = 20_000;

    /** Both sides of one encoding. */
    private record Sides(ClientCodec client, WireCodec server) {

        @Override
        public String toString() {
            return client.name();
        }
    }

    private static Stream<Sides> encodings() {
        return Stream.of(
                new Sides(ClientCodec.JSON, WireCodec.JSON),
                new Sides(ClientCodec.CBOR, WireCodec.CBOR),
                new Sides(ClientCodec.BARE, WireCodec.BARE));
    }

    private static List<Object> values() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "snow ☃ rocket 🚀 nul \0 end");
        map.put("none", null);
        map.put("empty", Map.of());
        return new ArrayList<>(Arrays.asList(
                null,
                true,
                0L,
                -1L,
                23L,
                24L,
                65_536L,
                -4_294_967_296L,
                0.1,
                1e300,
                map,
                List.of(),
                List.of("$notATag", 1L),
                List.of("$$twice", 1L),
                List.of("$a", "b", "c"),
                List.of(List.of("$Set", List.of())),
                "x".repeat(70_000)));
    }

    /** Those that look different on the other side, in the words of {@link #show}. */
    private static List<Object> rareValues() {
        return Arrays.asList(
                new BigInteger("123456789012345678901234567890"),
                new BigInteger("-123456789012345678901234567890"),
                new BigInteger("18446744073709551615"),
                BigInteger.TWO.pow(64).negate(),
                BigInteger.ZERO,
                BigInteger.valueOf(Long.MIN_VALUE),
                new byte[] {0, 1, 127, -128, -1},
                new byte[0],
                Undefined.UNDEFINED);
    }

    private static String show(Object value) {
        return PlainCodec.writeJson(value);
    }

    private static ServerMessage read(Sides sides, Frame frame) throws MalformedMessageException {
        return frame instanceof Frame.Text text
                ? sides.client.decode(text.text(), ReadLimits.DEFAULT)
                : sides.client.decode(bytes(frame), ReadLimits.DEFAULT);
    }

    private static ClientMessage readByServer(Sides sides, Frame frame) throws MalformedMessageException {
        return frame instanceof Frame.Text text ? sides.server.decode(text.text()) : sides.server.decode(bytes(frame));
    }

    private static byte[] bytes(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return Bytes.utf8(text.text());
        }
        ByteBuffer buffer = ((Frame.Binary) frame).bytes().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theServerReadsRequests(Sides sides) throws MalformedMessageException {
        for (long id : new long[] {0, 1, 300, Long.MAX_VALUE, -1}) {
            ActionRequest request = new ActionRequest(id, "users.add", values());
            assertThat(readByServer(sides, sides.client.encode(request))).isEqualTo(request);
            ActionRequest keyed = new ActionRequest(id, "users.add", values(), "a key ☃");
            assertThat(readByServer(sides, sides.client.encode(keyed))).isEqualTo(keyed);
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theServerReadsSubscriptions(Sides sides) throws MalformedMessageException {
        for (boolean subscribe : new boolean[] {true, false}) {
            SubscriptionRequest request = new SubscriptionRequest("moved", subscribe);
            assertThat(readByServer(sides, sides.client.encode(request))).isEqualTo(request);
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theServerReadsFreshTokensWhichStandInNoText(Sides sides) throws MalformedMessageException {
        ClientMessage.Token fresh = new ClientMessage.Token("a.b-c_" + "x".repeat(20_000));
        assertThat(readByServer(sides, sides.client.encode(fresh))).isEqualTo(fresh);
        assertThat(fresh.toString()).isEqualTo("Token[20006]");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theServerReadsRareValues(Sides sides) throws MalformedMessageException {
        List<Object> all = rareValues();
        ActionRequest read =
                (ActionRequest) readByServer(sides, sides.client.encode(new ActionRequest(1, "echo", all)));
        assertThat(show(read.arguments())).isEqualTo(show(all));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theServerReadsArgumentsOverHttp(Sides sides) throws MalformedMessageException {
        assertThat(sides.server.decodeArguments(sides.client.encodeArguments(values())))
                .isEqualTo(values());
        assertThat(show(sides.server.decodeArguments(sides.client.encodeArguments(rareValues()))))
                .isEqualTo(show(rareValues()));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void numbersStayNumbersAndLongOnesAreExact(Sides sides) throws MalformedMessageException {
        List<Object> numbers = List.of(1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) - 1, new BigDecimal("2.5"));
        List<Object> read = sides.server.decodeArguments(sides.client.encodeArguments(numbers));
        assertThat(read.subList(0, 3)).allMatch(BigInteger.class::isInstance);
        assertThat(read)
                .map(Number.class::cast)
                .map(Number::longValue)
                .containsExactly(1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) - 1, 2L);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theClientReadsWhatTheServerSays(Sides sides) throws MalformedMessageException {
        ActorSpecifier actor = new ActorSpecifier("id", 1, "a/b");
        List<ServerMessage> messages = List.of(
                new Init("actor", "connection"),
                new ServerMessage.TokenEnds(0),
                new ServerMessage.TokenEnds(1L << 40),
                new Event("moved", values()),
                new Event("nothing", List.of()),
                new ActionResponse(7, values()),
                new ActionResponse(-1, null),
                new Failure(new ErrorDetail("user", "late", "too late", Map.of("a", 1L), actor), 7L),
                new Failure(ErrorDetail.of("user", "banned", "no"), null));
        for (ServerMessage message : messages) {
            assertThat(read(sides, sides.server.encode(message))).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theClientReadsRareValues(Sides sides) throws MalformedMessageException {
        Event read = (Event) read(sides, sides.server.encode(new Event("rare", rareValues())));
        assertThat(show(read.arguments())).isEqualTo(show(rareValues()));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theClientReadsAnswersOverHttp(Sides sides) throws MalformedMessageException {
        ErrorDetail error = new ErrorDetail("user", "late", "too late", List.of(1L), null);
        assertThat(sides.client.decodeOutput(sides.server.encodeOutput(values()), ReadLimits.DEFAULT))
                .isEqualTo(values());
        assertThat(sides.client.decodeError(sides.server.encodeError(error), ReadLimits.DEFAULT))
                .isEqualTo(error);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void creationInputIsPlain(Sides sides) throws MalformedMessageException {
        assertThat(PlainCodec.readCbor(PlainCodec.writeCbor(values()))).isEqualTo(values());
        assertThat(PlainCodec.readCbor(PlainCodec.writeCbor(Instant.EPOCH))).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void brokenFramesAreMalformedAndNothingElse(Sides sides) {
        byte[] whole = bytes(sides.server.encode(new Event("moved", values().subList(0, 16))));
        Random random = new Random(7);
        int malformed = 0;
        for (int i = 0; i < CHANGED_FRAMES; i++) {
            byte[] frame = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int change = 0; change < 3 && frame.length > 0; change++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            malformed += isMalformed(sides, frame) ? 1 : 0;
        }
        assertThat(malformed).isGreaterThan(CHANGED_FRAMES / 2);
    }

    private static boolean isMalformed(Sides sides, byte[] frame) {
        try {
            sides.client.decode(frame, ReadLimits.DEFAULT);
            return false;
        } catch (MalformedMessageException e) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void whatIsNoPlainValueIsNotWritten(Sides sides) {
        assertThatThrownBy(() -> sides.client.encodeArguments(List.of(new Object())))
                .isInstanceOf(UnencodableException.class);
        assertThatThrownBy(() -> sides.client.encode(new ActionRequest(1, "a", List.of(BigInteger.TWO.pow(4_000)))))
                .isInstanceOf(UnencodableException.class);
    }
}
