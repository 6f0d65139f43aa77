package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.runtime.message.ActorException;

/** Where a token may come. */
class PresentedTest {

    private static final GatewaySettings PLAIN = Fixtures.settings();
    private static final GatewaySettings NAMED = new GatewaySettings(
            PLAIN.sizes(),
            PLAIN.deadlines(),
            PLAIN.allowances(),
            PLAIN.access(),
            Fixtures.tokens("authToken"),
            PLAIN.namespace(),
            PLAIN.homePage());

    private static Optional<String> token(GatewaySettings settings, String header, String value) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                PresentedTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    boolean has = arguments[0].toString().equalsIgnoreCase(header);
                    return method.getName().equals("getHeaders")
                            ? Collections.enumeration(has ? List.of(value) : List.of())
                            : has ? value : null;
                });
        return new Presented(request, settings).token();
    }

    private static String offer(String json) {
        return "rivet, rivet_conn_params." + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    @Test
    void aTokenMayBeAConnectionParameterIfItsNameIsSet() {
        String json = "{\"authToken\":\"a.b.c\",\"room\":1}";
        assertThat(token(NAMED, "x-rivet-conn-params", json)).contains("a.b.c");
        assertThat(token(NAMED, "Sec-WebSocket-Protocol", offer(json))).contains("a.b.c");
        assertThat(token(PLAIN, "x-rivet-conn-params", json)).isEmpty();
        assertThat(token(PLAIN, "Sec-WebSocket-Protocol", offer(json))).isEmpty();
    }

    @Test
    void parametersWithoutOneCarryNone() {
        for (String json : List.of(
                "",
                "{",
                "1",
                "null",
                "[\"authToken\"]",
                "{\"authToken\":1}",
                "{\"authToken\":null}",
                "{\"x\":\"" + "y".repeat(900) + "\"}")) {
            assertThat(token(NAMED, "x-rivet-conn-params", json)).as(json).isEmpty();
        }
        assertThat(token(NAMED, "Sec-WebSocket-Protocol", "rivet, rivet_conn_params.%zz"))
                .isEmpty();
        assertThat(token(NAMED, "Sec-WebSocket-Protocol", "rivet")).isEmpty();
    }

    @Test
    void noActorGetsTheToken() {
        assertThat(Handshake.readParameters("{\"authToken\":\"a.b.c\",\"room\":\"x\"}", NAMED))
                .isEqualTo(Map.of("room", "x"));
        assertThat(Handshake.readParameters("{\"authToken\":1}", NAMED)).isEqualTo(Map.of());
        assertThat(Handshake.readParameters("\"authToken\"", NAMED)).isEqualTo("authToken");
    }

    @Test
    void parametersMayBeLongerByAToken() {
        String longer = "{\"authToken\":\"" + "a".repeat(80) + "\"}";
        assertThat(Handshake.readParameters(longer, NAMED)).isEqualTo(Map.of());
        assertThatThrownBy(() -> Handshake.readParameters(longer, PLAIN)).isInstanceOf(ActorException.class);
        assertThatThrownBy(
                        () -> Handshake.readParameters(longer.replace("a.", "a".repeat(80)) + " ".repeat(100), NAMED))
                .isInstanceOf(ActorException.class);
    }

    @Test
    void whatAnActorGetsIsNotLongerForThat() {
        for (String json : List.of(
                "{\"room\":\"" + "a".repeat(40) + "\"}",
                "{\"authToken\":1,\"room\":\"" + "a".repeat(40) + "\"}",
                "{\"authToken\":\"a.b.c\",\"room\":\"" + "a".repeat(40) + "\"}")) {
            assertThatThrownBy(() -> Handshake.readParameters(json, NAMED))
                    .as(json)
                    .isInstanceOf(ActorException.class);
        }
    }
}
