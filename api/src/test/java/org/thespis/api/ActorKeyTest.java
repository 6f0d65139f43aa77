package org.thespis.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActorKeyTest {

    static List<ActorKey> keys() {
        return List.of(
                ActorKey.of(),
                ActorKey.of(""),
                ActorKey.of("", "x", ""),
                ActorKey.of("a/b", "/c/"),
                ActorKey.of("a\\b", "\\"),
                ActorKey.of("\\0"),
                ActorKey.of("0"),
                ActorKey.of("ключ", "🔑"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void readsBackWhatItWrites(ActorKey key) {
        assertThat(ActorKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void writesTheFormOfTheWire() {
        assertThat(ActorKey.of("a/b", "")).hasToString("a\\/b/\\0");
        assertThat(ActorKey.of()).hasToString("/");
        assertThat(ActorKey.of("org", "team")).hasToString("org/team");
    }
}
