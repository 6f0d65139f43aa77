package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.gateway.admission.ActorAddress.ById;
import org.thespis.gateway.admission.ActorAddress.Get;
import org.thespis.gateway.admission.ActorAddress.GetOrCreate;
import org.thespis.runtime.message.ActorException;

class ActorAddressTest {

    private static final String GET = "rvt-namespace=default&rvt-method=get";
    private static final String CREATE = "rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default";

    private static ActorAddress parse(String target, String query) {
        return ActorAddress.parse(target, QueryString.parse(query), Fixtures.settings());
    }

    @Test
    void anIdStandsAloneOrWithAToken() {
        assertThat(parse("some-id", "x=1")).isEqualTo(new ById("some-id", null));
        assertThat(parse("some-id@secret", "")).isEqualTo(new ById("some-id", "secret"));
        assertThat(parse("some-id", "rvt-token=secret")).isEqualTo(new ById("some-id", "secret"));
    }

    @Test
    void aNameStandsWithAKey() {
        assertThat(parse("room", GET)).isEqualTo(new Get("room", ActorKey.of(), null));
        assertThat(parse("room", GET + "&rvt-key=")).isEqualTo(new Get("room", ActorKey.of(""), null));
        assertThat(parse("room", GET + "&rvt-key=a,b&x=1")).isEqualTo(new Get("room", ActorKey.of("a", "b"), null));
        assertThat(parse(
                        "room", CREATE + "&rvt-key=a&rvt-token=t&rvt-region=x&rvt-crash-policy=y&rvt-skip-ready-wait="))
                .isEqualTo(new GetOrCreate("room", ActorKey.of("a"), null, "t"));
    }

    @Test
    void aKeyWithHalfASurrogatePairIsRefused() {
        for (String half : new String[] {"\ud83d", "\ude00", "a\ude00\ud83db"}) {
            assertThatThrownBy(() -> ActorAddress.checked(ActorKey.of(half), Fixtures.settings()))
                    .isInstanceOfSatisfying(
                            ActorException.class,
                            e -> assertThat(e.error().reason()).isEqualTo("actor.invalid_key"));
        }
        assertThat(ActorAddress.checked(ActorKey.of("\ud83d\ude00"), Fixtures.settings()))
                .isNotNull();
    }

    @Test
    void theInputIsBase64OfCbor() {
        assertThat(((GetOrCreate) parse("room", CREATE)).plainInput()).isEqualTo(Undefined.UNDEFINED);
        assertThat(((GetOrCreate) parse("room", CREATE + "&rvt-input=GCo")).plainInput())
                .isEqualTo(42L);
        for (String wrong : new String[] {"*", "GC", "GCoA", "-"}) {
            GetOrCreate address = (GetOrCreate) parse("room", CREATE + "&rvt-input=" + wrong);
            assertThatThrownBy(address::plainInput).isInstanceOf(ActorException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rvt-method=get,                                    query_invalid_params",
        "rvt-namespace=default,                             query_invalid_params",
        "rvt-namespace=default&rvt-method=,                 query_invalid_params",
        "rvt-namespace=default&rvt-method=create,           query_invalid_params",
        "rvt-namespace=default&rvt-method=GET,              query_invalid_params",
        "rvt-namespace=default&rvt-method=get&rvt-x=1,      query_invalid_params",
        "rvt-x=1,                                           query_invalid_params",
        "rvt-=1,                                            query_invalid_params",
        "rvt-namespace=other&rvt-method=get,                not_found",
        "rvt-namespace=default&rvt-method=getOrCreate,      query_missing_pool",
        "rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=, query_missing_pool",
        "rvt-namespace=default&rvt-method=get&rvt-key=a&rvt-key=a, query_duplicate_param",
        "rvt-namespace=default&rvt-method=get&%72vt-method=get, query_duplicate_param",
        "rvt-namespace=default&rvt-method=get&rvt-key=1234567890123456789012345678901, key_too_long",
        "rvt-namespace=default&rvt-method=get&rvt-key=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9, key_too_long",
    })
    void whatIsNotCompleteOrNotValidIsRefused(String query, String code) {
        assertThatThrownBy(() -> parse("room", query))
                .isInstanceOfSatisfying(
                        ActorException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }
}
