package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.runtime.message.ActorException;

class QueryStringTest {

    private static String read(String raw) {
        return QueryString.parse(raw).parameters().stream()
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("|"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,               ''",
                "'',              ''",
                "a=1,             a=1",
                "a=1&b=2&a=3,     a=1|b=2|a=3",
                "a,               a=",
                "a=,              a=",
                "=1,              =1",
                "&&a=1&,          a=1",
                "a=b=c,           a=b=c",
                "a=x+y,           a=x y",
                "a=x%2By,         a=x+y",
                "a=%26%3D,        a=&=",
                "%61=1,           a=1",
                "a=%C3%A9,        a=é",
                "a=é€,            a=é€",
                "a=%F0%9F%98%80,  a=😀",
            })
    void parametersAreDecodedOnce(String raw, String parameters) {
        assertThat(read(raw)).isEqualTo(parameters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%-1", "a=% 1", "%=1", "a=%ff", "a=%c0%ae", "a=%ed%a0%80"})
    void brokenEscapesAreRefused(String raw) {
        assertThatThrownBy(() -> QueryString.parse(raw)).isInstanceOf(ActorException.class);
    }

    @Test
    void actorsDoNotSeeWhatIsTheGatewaysOwn() {
        QueryString query = QueryString.parse("rvt-key=k&a=1&rvt-other=2&a=2&b=3");
        assertThat(query.ofCaller()).isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("3")));
        assertThat(query.first("a")).isEqualTo("1");
        assertThat(query.first("none")).isNull();
    }
}
