package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.Undefined;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.runtime.message.ActorException;

class HandshakeTest {

    private static Handshake offering(String... protocols) {
        return new Handshake(null, null, List.of(protocols));
    }

    private static Object parameters(String encoded) {
        return offering("rivet", "rivet_conn_params." + encoded).parameters(Fixtures.settings());
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    @Test
    void nothingIsLeftOfItInASessionWhateverCopiesTheServerKeeps() {
        Map<String, Object> ofEndpoint = new HashMap<>();
        HandshakeRequest request =
                stub(HandshakeRequest.class, Map.of("getHeaders", Map.of(), "getQueryString", "a=b"));
        ServerEndpointConfig config = stub(ServerEndpointConfig.class, Map.of("getUserProperties", ofEndpoint));
        new HandshakeConfigurator().modifyHandshake(config, request, null);

        Session session = stub(Session.class, Map.of("getUserProperties", new HashMap<>(ofEndpoint)));
        assertThat(HandshakeConfigurator.take(session).query()).isEqualTo("a=b");

        assertThat(ofEndpoint.values()).hasSize(1).allSatisfy(kept -> assertThat((AtomicReference<?>) kept)
                .hasNullValue());
    }

    @Test
    void linesOfSubprotocolsAreSplit() {
        assertThat(Handshake.protocols(List.of("rivet, rivet_encoding.cbor", "rivet_token.t")))
                .containsExactly("rivet", "rivet_encoding.cbor", "rivet_token.t");
        assertThat(Handshake.protocols(List.of())).isEmpty();
        assertThat(Handshake.protocols(List.of(" , ,"))).isSubsetOf("");
    }

    @ParameterizedTest
    @CsvSource({
        "rivet, json",
        "rivet_encoding.json, json",
        "rivet_encoding.cbor, cbor",
        "rivet_encoding.bare, bare",
        "rivet_other.x, json"
    })
    void theEncodingIsJsonIfNoneWasAskedFor(String offered, String codec) {
        assertThat(offering(offered).codec().name()).isEqualTo(codec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rivet_encoding.", "rivet_encoding.JSON", "rivet_encoding.xml", "rivet_encoding.json "})
    void anUnknownEncodingIsRefused(String offered) {
        assertThatThrownBy(() -> offering(offered).codec())
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("actor.unsupported_websocket_encoding"));
    }

    @Test
    void parametersAreJsonInPercentEscapes() {
        assertThat(offering("rivet").parameters(Fixtures.settings())).isEqualTo(Undefined.UNDEFINED);
        assertThat(parameters("%22a+b%22")).isEqualTo("a+b");
        assertThat(parameters("%22%C3%A9%22")).isEqualTo("é");
        assertThat(parameters("true")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%7B", "%", "%2", "%zz", "%22%ff%22", "nope", "1%202", "%22\u0000%22"})
    void parametersThatCannotBeReadAreRefused(String encoded) {
        assertThatThrownBy(() -> parameters(encoded)).isInstanceOf(ActorException.class);
    }

    @Test
    void parametersAreBoundedInBytes() {
        assertThat(parameters("%22" + "x".repeat(38) + "%22")).isEqualTo("x".repeat(38));
        assertThatThrownBy(() -> parameters("%22" + "x".repeat(39) + "%22"))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("actor.invalid_connection_params"));
        assertThatThrownBy(() -> parameters("%22" + "%C3%A9".repeat(20) + "%22"))
                .as("20 characters, 40 bytes, two quotes")
                .isInstanceOf(ActorException.class);
    }
}
