package org.thespis.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRequestTest {

    private static final int PLENTY = 16_384;

    private static PackedRequest with(Map<String, List<String>> headers) {
        return PackedRequest.of("/gateway/room/connect", "192.0.2.7", Map.of(), headers, PLENTY)
                .orElseThrow();
    }

    @Test
    void allComesBackAsItWas() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("b", List.of("1", "", "\0 ü \ud83d"));
        query.put("a", List.of("2"));
        Map<String, List<String>> headers = Map.of("x-key", List.of("one", "two, three"));
        PackedRequest request = PackedRequest.of("/gateway/ä", "2001:db8::1", query, headers, PLENTY)
                .orElseThrow();
        assertThat(request.path()).isEqualTo("/gateway/ä");
        assertThat(request.remoteAddress()).isEqualTo("2001:db8::1");
        assertThat(request.query()).isEqualTo(query);
        assertThat(request.query().keySet()).containsExactly("b", "a");
        assertThat(request.query("b")).contains("1");
        assertThat(request.query("c")).isEmpty();
        assertThat(request.headers()).isEqualTo(headers);
        assertThat(request.headers("X-KEY")).containsExactly("one", "two, three");
        assertThat(request.header("X-Key")).contains("one");
        assertThat(request.headers("x-other")).isEmpty();
    }

    @Test
    void nobodyChangesIt() {
        PackedRequest request = with(Map.of("x", List.of("1"), "cookie", List.of("a=b")));
        assertThatThrownBy(() -> request.headers().remove("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.headers("x").add("2")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.query().put("x", List.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.cookies().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void itTakesNotMuchMoreThanItsTexts() {
        Map<String, List<String>> headers = IntStream.range(0, 15)
                .boxed()
                .collect(Collectors.toMap(i -> "header-of-a-browser-" + i, i -> List.of("x".repeat(40))));
        assertThat(with(headers).length()).isLessThan(15 * (22 + 40) + 15 * 4 + 50);
    }

    @Test
    void whatIsTooLongOrTooManyIsNone() {
        assertThat(PackedRequest.of("/", "", Map.of(), Map.of("x", List.of("1234567890")), 20))
                .isEmpty();
        assertThat(PackedRequest.of("/", "", Map.of("x", List.of("1".repeat(70_000))), Map.of(), Integer.MAX_VALUE))
                .isEmpty();
        List<String> many = Collections.nCopies(PackedRequest.MAX_FIELDS, "");
        assertThat(PackedRequest.of("/", "", Map.of(), Map.of("x", many), PLENTY))
                .isPresent();
        assertThat(PackedRequest.of("/", "", Map.of("y", List.of("")), Map.of("x", many), PLENTY))
                .isEmpty();
    }

    @Test
    void cookiesAreReadAsTheyAreWritten() {
        PackedRequest request = with(Map.of("cookie", List.of("a=1; b=\"x y\"; a=2;c = d=e ;;=f; g", "h=")));
        assertThat(request.cookies())
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "x y"), Map.entry("c", "d=e"), Map.entry("h", ""));
        assertThat(request.cookie("b")).contains("x y");
        assertThat(request.cookie("B")).isEmpty();
        assertThat(with(Map.of("cookie", List.of("\"=\"", "x=\""))).cookies()).containsEntry("x", "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-CH,de;q=0.9,en;q=0.8 | de-CH",
                "en;q=0.2, fr ; q=0.7    | fr",
                "*, it;q=0.1             | it",
                "pt;q=0, es;q=0.1        | es",
            })
    void theLanguageIsTheOneLikedBest(String header, String tag) {
        assertThat(with(Map.of("accept-language", List.of(header))).locale()).contains(Locale.forLanguageTag(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", ",;,", "de;q=2", "de;q=NaN", "de;q=-1", "de;q=x", "!!!", "de;q=0"})
    void whatIsNoLanguageIsNone(String header) {
        assertThat(with(Map.of("accept-language", List.of(header))).locale()).isEmpty();
    }

    @Test
    void itsTextTellsNothingOfIt() {
        assertThat(with(Map.of("x-key", List.of("secret"))).toString()).doesNotContain("secret", "192.0.2.7");
    }

    @Test
    void itsBytesAreItOnAnotherNode() {
        PackedRequest request = PackedRequest.of(
                        "/a", "10.0.0.1", Map.of("q", List.of("1", "2")), Map.of("h", List.of("v")), 1_000)
                .orElseThrow();
        PackedRequest there = PackedRequest.fromBytes(request.toBytes()).orElseThrow();
        assertThat(there.path()).isEqualTo("/a");
        assertThat(there.query()).isEqualTo(request.query());
        assertThat(there.headers()).isEqualTo(request.headers());
        assertThat(there.remoteAddress()).isEqualTo("10.0.0.1");
    }

    @Test
    void bytesThatAreNoneAreRefused() {
        byte[] bytes = PackedRequest.of("/a", "10.0.0.1", Map.of(), Map.of("h", List.of("v")), 1_000)
                .orElseThrow()
                .toBytes();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(PackedRequest.fromBytes(java.util.Arrays.copyOf(bytes, length)))
                    .isEmpty();
        }
        assertThat(PackedRequest.fromBytes(java.util.Arrays.copyOf(bytes, bytes.length + 1)))
                .isEmpty();
    }
}
