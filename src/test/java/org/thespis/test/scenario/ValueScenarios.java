package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.until;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thespis.api.ActorReference;
import org.thespis.api.Undefined;
import org.thespis.client.ActorConnection;
import org.thespis.client.Encoding;

/** Which values survive the way, as arguments, answers and events. */
final class ValueScenarios {

    private static final String SUITE = "06-values";
    private static final BigInteger TWO_TO_64 = BigInteger.TWO.pow(64);

    private ValueScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (String via : List.of("connected", "stateless")) {
            all.addAll(List.of(
                    scenario(via, "plain values come back as they were", ValueScenarios::plainValues),
                    scenario(via, "arguments keep their number and order", ValueScenarios::arguments),
                    scenario(via, "an action without a result gives nothing", ValueScenarios::nothing),
                    scenario(via, "values born on the server", ValueScenarios::born),
                    scenario(via, "numbers beyond 32 bits stay numbers", ValueScenarios::wide),
                    scenario(via, "integers at the edges of 64 bits", ValueScenarios::edges),
                    scenario(via, "integers wider than 64 bits", ValueScenarios::wider)
                            .only(Encoding.JSON, Encoding.BARE),
                    scenario(via, "byte arrays", ValueScenarios::bytes),
                    scenario(via, "lists that look like a mark", ValueScenarios::marks),
                    scenario(via, "undefined, dates, NaN and infinities", ValueScenarios::exotic)
                            .only(Encoding.BARE),
                    scenario(via, "dates are text", ValueScenarios::dates).only(Encoding.JSON)));
        }
        all.add(Scenario.of(SUITE, "events carry the same values", ValueScenarios::events));
        return all;
    }

    private interface Case {
        void run(ActorReference actor);
    }

    private static Scenario scenario(String via, String name, Case body) {
        return Scenario.of(
                SUITE,
                via + ": " + name,
                world -> body.run(via.equals("connected") ? world.connected("values") : world.actor("values")));
    }

    private static List<Object> plain() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("a", Map.of("b", Map.of("c", List.of(Collections.singletonMap("d", null)))));
        object.put("key with space", 1);
        object.put("ключ", 2);
        object.put("", 3);
        Map<String, Integer> many =
                IntStream.range(0, 300).boxed().collect(Collectors.toMap(i -> "k" + i, Function.identity()));
        return new ArrayList<>(Arrays.asList(
                0,
                1,
                -7,
                255,
                65_536,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                4_294_967_295L,
                0.1,
                -1.5e-7,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                "",
                "hello",
                "é ☃ 🚀 e\u0301 \u0000 \u2028 end",
                "\"\\/\b\f\n\r\t'",
                "ab".repeat(5_000),
                true,
                false,
                null,
                List.of(1, List.of(2, List.of(3, List.of()))),
                Arrays.asList(null, true, "x", 1.5, Map.of("a", 1)),
                List.of(),
                Map.of(),
                object,
                Map.of("__proto__x", 1, "constructor", 2, "toString", 3),
                many,
                IntStream.range(-500, 500).boxed().toList()));
    }

    private static void plainValues(ActorReference values) {
        plain().forEach(value -> same(call(values, "echo", value), value));
    }

    private static void arguments(ActorReference values) {
        same(call(values, "echoAll"), List.of());
        same(call(values, "echoAll", 1), List.of(1));
        Object[] five = {"a", null, List.of(2), Map.of("b", 3), false};
        same(call(values, "echoAll", five), Arrays.asList(five));
        same(
                call(values, "kind", "s", 1, 1.5, true, null, List.of(1, 2), Map.of("b", 1, "a", 2)),
                List.of("string", "number", "number", "boolean", "null", "array(2)", "object(a,b)"));
    }

    private static void nothing(ActorReference values) {
        assertThat(call(values, "nothing")).isIn(null, Undefined.UNDEFINED);
    }

    private static void born(ActorReference values) {
        same(call(values, "give", "int53"), 9007199254740991L);
        same(call(values, "give", "negative"), -2147483649L);
        same(call(values, "give", "fraction"), 0.1);
        same(values.blocking().call(Long.class, "give", "int64max"), Long.MAX_VALUE);
        same(values.blocking().call(Long.class, "give", "int64min"), Long.MIN_VALUE);
        assertThat(values.blocking().call(BigInteger.class, "give", "uint64max"))
                .isEqualTo(TWO_TO_64.subtract(BigInteger.ONE));
        same(call(values, "give", "bytes"), new byte[] {0, 1, 127, (byte) 128, (byte) 255});
        same(call(values, "give", "unicode"), "snow ☃ rocket 🚀 combining é nul \0 end");
        assertThat(call(values, "give", "nothing")).isNull();
        same(
                call(values, "give", "nested"),
                Map.of(
                        "list",
                        List.of(1, List.of(2, List.of(3, Map.of("deep", true)))),
                        "empty",
                        Map.of(),
                        "none",
                        List.of()));
        same(call(values, "give", "dollar"), List.of("$notATag", 1));
    }

    private static void wide(ActorReference values) {
        for (long n :
                new long[] {4294967296L, 1700000000123L, 9007199254740991L, -9007199254740991L, 1000000000000000L}) {
            assertThat(values.blocking().call(long.class, "echo", n)).isEqualTo(n);
            same(call(values, "echo", n), n);
            same(call(values, "kind", n), List.of("number"));
        }
    }

    private static void edges(ActorReference values) {
        for (BigInteger n : List.of(
                BigInteger.valueOf(Long.MAX_VALUE),
                BigInteger.valueOf(Long.MIN_VALUE),
                TWO_TO_64.subtract(BigInteger.ONE),
                new BigInteger("9007199254740993"))) {
            assertThat(values.blocking().call(BigInteger.class, "echo", n)).isEqualTo(n);
        }
    }

    private static void wider(ActorReference values) {
        BigInteger n = BigInteger.TWO.pow(70);
        assertThat(values.blocking().call(BigInteger.class, "echo", n)).isEqualTo(n);
    }

    private static void bytes(ActorReference values) {
        same(call(values, "kind", new byte[] {1, 2, 3}), List.of("bytes(3)"));
        byte[] some = {0, 127, (byte) 128, (byte) 255};
        same(call(values, "echo", some), some);
        same(call(values, "echo", new byte[0]), new byte[0]);
        same(call(values, "echo", Map.of("a", List.of(new byte[] {7}))), Map.of("a", List.of(new byte[] {7})));
    }

    private static void marks(ActorReference values) {
        for (List<Object> value : List.of(
                List.<Object>of("$x", 1),
                List.<Object>of("$BigInt", "5"),
                Arrays.<Object>asList("$$", null),
                List.<Object>of(List.of("$Undefined", 0)),
                List.<Object>of("$", "$"))) {
            same(call(values, "echo", value), value);
        }
    }

    private static void exotic(ActorReference values) {
        same(call(values, "kind", Undefined.UNDEFINED), List.of("undefined"));
        Instant date = Instant.ofEpochMilli(1700000000123L);
        assertThat(call(values, "echo", date)).isEqualTo(date);
        same(call(values, "kind", date), List.of("date(2023-11-14T22:13:20.123Z)"));
        assertThat(call(values, "echo", Double.NaN)).isEqualTo(Double.NaN);
        assertThat(call(values, "echo", Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private static void dates(ActorReference values) {
        Instant date = Instant.ofEpochMilli(1700000000123L);
        assertThat(values.blocking().call(Instant.class, "echo", date)).isEqualTo(date);
    }

    private static void events(World world) throws Exception {
        ActorConnection values = world.connected("values");
        List<List<Object>> heard = collect(values, "emitted");
        List<String> names =
                List.of("int53", "int64max", "uint64max", "unicode", "nested", "nothing", "dollar", "bytes");
        for (String name : names) {
            call(values, "emitNamed", name);
        }
        until("all are heard", () -> heard.size() == names.size());
        for (int i = 0; i < names.size(); i++) {
            same(heard.get(i), Collections.singletonList(call(values, "give", names.get(i))));
        }
        call(values, "emit", plain().toArray());
        until("the wide one is heard", () -> heard.size() == names.size() + 1);
        same(heard.get(names.size()), plain());
    }
}
