package org.thespis.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;

/** Nodes of two releases in one cluster understand each other. */
class VersionsTest {

    private static final int SEEDS = 30;

    /** Each kind of message, with each kind of command and output, as the first release wrote them. */
    private static final String FIRST = "format-1.txt";

    /** Parts whose names are ours, not those of an author or a client. */
    private static final Set<String> PARTS = Set.of("c", "o", "caller", "error");

    private static List<byte[]> first() throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(VersionsTest.class.getResourceAsStream(FIRST), StandardCharsets.US_ASCII))) {
            return lines.lines().map(HexFormat.of()::parseHex).toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(byte[] message) throws MalformedMessageException {
        return (Map<String, Object>) PlainCodec.readCbor(Arrays.copyOfRange(message, 1, message.length));
    }

    private static byte[] framed(Map<String, Object> fields) {
        byte[] cbor = PlainCodec.writeCbor(fields);
        byte[] framed = new byte[cbor.length + 1];
        framed[0] = MessageCodec.FORMAT;
        System.arraycopy(cbor, 0, framed, 1, cbor.length);
        return framed;
    }

    @Test
    void whatTheFirstReleaseWroteIsReadAndNothingOfItLost() throws Exception {
        for (byte[] bytes : first()) {
            Map<String, Object> then = fields(bytes);
            Map<String, Object> now = fields(MessageCodec.write(MessageCodec.read(bytes)));
            assertThat(has(now, then)).as("then %s, now %s", then, now).isTrue();
        }
    }

    /** Whether all is there that was; there may be more. */
    private static boolean has(Object now, Object then) {
        if (then instanceof Map<?, ?> before) {
            return now instanceof Map<?, ?> after
                    && before.entrySet().stream().allMatch(e -> has(after.get(e.getKey()), e.getValue()));
        }
        if (then instanceof List<?> before) {
            return now instanceof List<?> after
                    && after.size() == before.size()
                    && java.util.stream.IntStream.range(0, before.size())
                            .allMatch(i -> has(after.get(i), before.get(i)));
        }
        if (then instanceof byte[] before) {
            return now instanceof byte[] after && Arrays.equals(after, before);
        }
        return java.util.Objects.equals(now, then);
    }

    @Test
    void eachKindThatTheFirstReleaseWroteIsAmongThem() throws Exception {
        Set<String> kinds = new TreeSet<>();
        for (byte[] bytes : first()) {
            kinds.add(kind(bytes));
        }
        assertThat(kinds)
                .contains("ask connect", "ask call", "ask once", "ask disconnect", "told event", "told reply", "create")
                .hasSizeGreaterThanOrEqualTo(29);
    }

    private static String kind(byte[] bytes) throws MalformedMessageException {
        Map<String, Object> fields = fields(bytes);
        Object part = fields.getOrDefault("c", fields.get("o"));
        return fields.get("k") + (part instanceof Map<?, ?> map ? " " + map.get("k") : "");
    }

    @Test
    void fieldsOfALaterReleaseArePassedOverInEachKind() throws Exception {
        int passedOver = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Message message : new RandomMessages(seed).all()) {
                byte[] bytes = MessageCodec.write(message);
                Map<String, Object> fields = fields(bytes);
                passedOver += addLater(fields);
                assertThat(MessageCodec.write(MessageCodec.read(framed(fields))))
                        .as("seed %s: %s", seed, message)
                        .isEqualTo(bytes);
            }
        }
        assertThat(passedOver).isGreaterThan(SEEDS);
    }

    @SuppressWarnings("unchecked")
    private static int addLater(Map<String, Object> fields) {
        int added = 1;
        for (Map.Entry<String, Object> part : fields.entrySet()) {
            if (PARTS.contains(part.getKey()) && part.getValue() instanceof Map<?, ?>) {
                added += addLater((Map<String, Object>) part.getValue());
            }
        }
        fields.put("later", List.of("a field", 1L));
        return added;
    }
}
