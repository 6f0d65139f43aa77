package org.thespis.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.protocol.value.Bounds;

/** Messages that are made to cost much: each is refused, or read within its bounds. */
@Timeout(10)
class HostileMessagesTest {

    private static final int BODY = 5_000_000;
    /** Of all that is allocated: what is kept, and what growing lists leave behind. */
    private static final int SMALL_MULTIPLE = 20;

    private static final long HALF_A_SECOND = 500_000_000L;

    private static byte[] cbor(String head, int count, String item, String tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex(head));
        byte[] bytes = HexFormat.of().parseHex(item);
        for (int i = 0; i < count; i++) {
            out.writeBytes(bytes);
        }
        out.writeBytes(HexFormat.of().parseHex(tail));
        return out.toByteArray();
    }

    private static Object read(byte[] cbor) throws MalformedMessageException {
        return CborReader.read(cbor, true, ReadLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"key\":null,", "\"key\":7,", "\"key\":[\"$BigInt\",\"1\"],"})
    void aKeyIsText(String key) {
        String message =
                "{\"body\":{\"tag\":\"KeyedActionRequest\",\"val\":{" + key + "\"id\":1,\"name\":\"x\",\"args\":[]}}}";
        assertThatThrownBy(() -> WireCodec.JSON.decode(message)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> WireCodec.BARE.decode(new byte[] {4, 0, 64, 127, 'k'}))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static Object read(String json) throws MalformedMessageException {
        return PlainCodec.readJson(json);
    }

    private static void assertRefused(byte[] cbor, String why) {
        assertThatThrownBy(() -> read(cbor))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Empty maps and lists, one-letter texts, maps of one entry, with a count and without. */
    @ParameterizedTest
    @CsvSource({
        "9a, a0",
        "9f, a0",
        "9f, 80",
        "9f, 9fff",
        "9f, bfff",
        "9f, 820000",
        "9f, a1616100",
        "9f, 8100",
        "9f, fa00000000"
    })
    void aBodyBecomesNoMoreThanASmallMultipleOfItself(String head, String item) {
        int count = BODY / (item.length() / 2);
        byte[] body = cbor(head.equals("9a") ? "9a" + String.format("%08x", count) : head, count, item, "ff");
        long before = allocated();
        try {
            read(body);
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageContaining("too many values");
        }
        assertThat(allocated() - before).isLessThan((long) SMALL_MULTIPLE * BODY);
    }

    @Test
    void aJsonBodyOfEmptyObjectsIsRefused() {
        assertThatThrownBy(() -> read("[" + "{},".repeat(BODY / 3) + "{}]")).hasMessageContaining("too many values");
    }

    @Test
    void largeBodiesOfOrdinaryValuesAreRead() throws MalformedMessageException {
        String positions = "{\"x\":1234,\"y\":-5.25},".repeat(200_000);
        assertThat((List<?>) read("[" + positions + "{}]")).hasSize(200_001);
        assertThat((List<?>) read("[" + "1,".repeat(2_000_000) + "1]")).hasSize(2_000_001);
        assertThat((List<?>) read("[" + "\"text of some length\",".repeat(200_000) + "1]"))
                .hasSize(200_001);
        assertThat((List<?>)
                        read(cbor("9f", 200_000, "b9000261" + "78" + "fb4004000000000000" + "6179" + "1903e8", "ff")))
                .hasSize(200_000);
        assertThat((String) read("\"" + "x".repeat(BODY) + "\"")).hasSize(BODY);
    }

    @Test
    void aCallerMaySetTheLimits() throws MalformedMessageException {
        byte[] call = "{\"args\":[[],[],[],[]]}".getBytes(UTF_8);
        assertThat(WireCodec.JSON.decodeArguments(call)).hasSize(4);
        assertThatThrownBy(() -> WireCodec.JSON.decodeArguments(call, new ReadLimits(0, 1)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9a", "ba", "5a", "7a", "9b", "bb", "5b", "7b"})
    void aDeclaredLengthIsNoMemory(String head) {
        for (String length : new String[] {"7fffffff", "ffffffff", "00ffffff"}) {
            String whole = head.endsWith("b") ? length + "00000000" : length;
            long before = allocated();
            assertRefused(cbor(head + whole, 100, "00", ""), "truncated");
            assertThat(allocated() - before).isLessThan(1 << 16);
        }
        assertRefused(cbor(head + (head.endsWith("b") ? "ffffffffffffffff" : "80000000"), 1, "00", ""), "truncated");
    }

    @Test
    void levelsThatAllPromiseMuchCostNothing() {
        byte[] body = new byte[1_000_000];
        for (int i = 0; i + 5 <= 200 * 5; i += 5) {
            System.arraycopy(HexFormat.of().parseHex("9a000e0000"), 0, body, i, 5);
        }
        long before = allocated();
        assertRefused(body, "too many values");
        assertThat(allocated() - before).isLessThan((long) SMALL_MULTIPLE * body.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c241ff",
                "1b0000000000000001",
                "f5",
                "f6",
                "fb3ff0000000000000",
                "40",
                "80",
                "a0",
                "c16161",
                "ff"
            })
    void keysAreTextOrSmallIntegers(String key) {
        assertRefused(cbor("a1" + key + "00", 0, "", ""), "key");
    }

    @Test
    void integersBecomeTextAsKeys() throws MalformedMessageException {
        assertThat(read(cbor("a3" + "0100" + "2001" + "1affffffff02", 0, "", "")))
                .isEqualTo(Map.of("1", 0L, "-1", 1L, "4294967295", 2L));
    }

    @Test
    void theLastOfTwoMembersWithOneNameCounts() throws MalformedMessageException {
        assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2L));
        assertThat(read(cbor("a2616101616102", 0, "", ""))).isEqualTo(Map.of("a", 2L));
        assertThat(read(cbor("bf616101616102ff", 0, "", ""))).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void keysWithOneHashCodeAreReadInTime() throws MalformedMessageException {
        StringBuilder json = new StringBuilder("{");
        int count = 1 << 17;
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 17; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":1");
        }
        assertThat((Map<?, ?>) read(json.append("}").toString())).hasSize(count);
    }

    @Test
    void numbersAreBoundedInDigitsInEveryEncoding() {
        long start = CpuTime.nanos();
        String digits = "9".repeat(1_000_000);
        for (String number : new String[] {digits, "-" + digits, "1." + digits, "1e" + digits, "0." + digits + "e-9"}) {
            assertThatThrownBy(() -> read(number)).hasMessageContaining("a number of more than");
        }
        assertThatThrownBy(() -> read("[\"$BigInt\",\"" + digits + "\"]")).hasMessageContaining("digits");
        assertRefused(cbor("c25a000f4240", 1_000_000, "5a", ""), "a bigint of more than");
        assertRefused(cbor("c35a000f4240", 1_000_000, "5a", ""), "a bigint of more than");
        assertRefused(cbor("82672442696749" + "6e74" + "7a000f4240", 1_000_000, "39", ""), "digits");
        assertRefused(cbor("c4821a3b9aca0001", 0, "", ""), "fraction");
        assertRefused(cbor("c5821a3b9aca0001", 0, "", ""), "fraction");
        assertRefused(cbor("c48201c25a000f4240", 1_000_000, "5a", ""), "a bigint of more than");
        assertThat(CpuTime.nanos() - start).isLessThan(HALF_A_SECOND);
    }

    @Test
    void exponentsEndWithTheRangeOfADouble() throws MalformedMessageException {
        for (String number : new String[] {"1e309", "-1e999999999", "1E1000000000", "9e2147483648"}) {
            assertThatThrownBy(() -> read(number)).hasMessage("a number out of range");
        }
        assertThat(read("1e-1000000000")).isEqualTo(0.0);
        assertThat(read("1e5")).isEqualTo(1e5);
        assertRefused(cbor("c48219012c1a3b9aca00", 0, "", ""), "range");
    }

    @Test
    void fractionsAreNumbers() throws MalformedMessageException {
        assertThat(read(cbor("c48221196ab3", 0, "", ""))).isEqualTo(273.15);
        assertThat(read(cbor("c5822003", 0, "", ""))).isEqualTo(1.5);
        assertRefused(cbor("c4f5", 0, "", ""), "fraction");
        assertRefused(cbor("c58161" + "61", 0, "", ""), "fraction");
    }

    @Test
    void theLargestNumbersGoBothWays() throws MalformedMessageException {
        BigInteger largest = BigInteger.ONE.shiftLeft(Bounds.MAX_NUMBER_BITS).subtract(BigInteger.ONE);
        for (BigInteger number : List.of(largest, largest.not())) {
            assertThat(read(PlainCodec.writeJson(number))).isEqualTo(number);
            byte[] cbor = Arrays.copyOfRange(
                    WireCodec.CBOR.encodeOutput(number),
                    8,
                    8 + 9 + 3 + number.toString().length());
            assertThat(read(cbor)).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f97e00", "f97c00", "fb7ff0000000000000", "fb43e0000000000000", "1bffffffffffffffff"})
    void datesAreThoseOfJavaScript(String seconds) {
        assertRefused(cbor("c1" + seconds, 0, "", ""), "a date out of range");
    }

    @Test
    void depthIsBounded() throws MalformedMessageException {
        int max = Bounds.MAX_DEPTH;
        read("[".repeat(max) + "]".repeat(max));
        read(cbor("", max, "81", "00"));
        assertThatThrownBy(() -> read("[".repeat(max + 1))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).hasMessageContaining("nested deeper");
        for (String opening : new String[] {"81", "9f", "a16161", "bf6161", "c0", "d8ff"}) {
            assertRefused(cbor("", 100_000, opening, ""), "nested deeper");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f",
                "7f61",
                "7f4161ff",
                "7f7f6161ffff",
                "5f6161ff",
                "9f",
                "bf",
                "bf6161ff",
                "61ff",
                "7f61c3ff",
                "1c",
                "3e",
                "f8",
                "ff",
                "0000",
                "df00"
            })
    void brokenCborIsRefused(String hex) {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void manySmallChunksAreOneText() throws MalformedMessageException {
        byte[] body = cbor("7f", 1_000_000, "6161", "ff");
        long before = allocated();
        assertThat((String) read(body)).hasSize(1_000_000);
        assertThat(allocated() - before).isLessThan(3L * body.length);
        assertThat((byte[]) read(cbor("5f", 3, "4101", "ff"))).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1",
                "[1]]",
                "{\"a\"}",
                "[1,]",
                "01",
                "+1",
                ".5",
                "NaN",
                "[1] 2",
                "\"\u0001\"",
                "nul",
                "\"\\x\"",
                "{1:2}",
                "-"
            })
    void brokenJsonIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedMessageException.class);
    }
}
