package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.PackedRequest;

/** What of a request its actor is shown. */
class ClientRequestsTest {

    private interface Answers {
        Object of(String method, Object[] arguments);
    }

    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<T> type, Answers answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, a) -> answers.of(method.getName(), a));
    }

    private static HttpServletRequest request(String sessionCookie, String query, Map<String, List<String>> given) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(given);
        SessionCookieConfig cookies = stub(SessionCookieConfig.class, (method, a) -> sessionCookie);
        ServletContext context = stub(ServletContext.class, (method, a) -> cookies);
        return stub(HttpServletRequest.class, (method, a) -> switch (method) {
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault(a[0], List.of()));
            case "getServletContext" -> context;
            case "getQueryString" -> query;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static PackedRequest packed(HttpServletRequest request, boolean known) {
        return ClientRequests.pack(request, "/gateway/a/connect", "192.0.2.7", known, 1_000);
    }

    @Test
    void headersOfOnesOwnAreThereAndWhatBelongsToTheProtocolIsNot() {
        PackedRequest shown = packed(
                request(
                        null,
                        "rvt-namespace=default&rvt-input=x&room=a%20b",
                        Map.of(
                                "X-Api-Key", List.of("k1", "k2"),
                                "Origin", List.of("http://localhost"),
                                "Connection", List.of("Upgrade"),
                                "Upgrade", List.of("websocket"),
                                "Sec-WebSocket-Key", List.of("abc"),
                                "Sec-WebSocket-Protocol", List.of("rivet, rivet_token.secret"),
                                "x-rivet-conn-params", List.of("{}"))),
                false);
        assertThat(shown.headers())
                .isEqualTo(Map.of("x-api-key", List.of("k1", "k2"), "origin", List.of("http://localhost")));
        assertThat(shown.query()).isEqualTo(Map.of("room", List.of("a b")));
    }

    @Test
    void credentialsThatSomebodyHasLookedAtAreNot() {
        HttpServletRequest request = request(
                null,
                null,
                Map.of(
                        "AUTHORIZATION", List.of("Bearer secret"),
                        "Proxy-Authorization", List.of("secret"),
                        "X-Rivet-Token", List.of("secret"),
                        "Cookie", List.of("JSESSIONID=secret; theme=dark", "JSESSIONIDSSO=secret")));
        assertThat(packed(request, true).headers()).isEqualTo(Map.of("cookie", List.of("theme=dark")));
        assertThat(packed(request, false).headers("authorization")).containsExactly("Bearer secret");
        assertThat(ClientRequests.headers(request, true).toString()).doesNotContain("secret");
    }

    @Test
    void aTokenIsNotShownWhereverItCame() {
        HttpServletRequest request = request(
                null,
                null,
                Map.of(
                        "X-Rivet-Conn-Params", List.of("{\"authToken\":\"secret\"}"),
                        "Sec-WebSocket-Protocol", List.of("rivet, rivet_token.secret"),
                        "x-own", List.of("1")));
        assertThat(ClientRequests.headers(request, true)).isEqualTo(Map.of("x-own", List.of("1")));
    }

    @Test
    void sessionCookiesAreKnownByTheNameThatTheApplicationGivesThem() {
        HttpServletRequest request =
                request("sid", null, Map.of("cookie", List.of("sid=secret", "a=1; sid=secret;sid2=2;  sid =secret")));
        assertThat(packed(request, false).cookies()).isEqualTo(Map.of("a", "1", "sid2", "2"));
        assertThat(packed(request(null, null, Map.of("cookie", List.of("JSESSIONID=secret"))), false)
                        .headers())
                .isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefused() {
        HttpServletRequest cookies = request(null, null, Map.of("Cookie", List.of("a=" + "x".repeat(2_000))));
        assertThatThrownBy(() -> packed(cookies, false)).isInstanceOfSatisfying(ActorException.class, e -> {
            assertThat(e.error().reason()).isEqualTo("guard.request_head_too_large");
            assertThat(Errors.status(e.error())).isEqualTo(431);
        });
        HttpServletRequest many = request(null, "a&".repeat(201), Map.of());
        assertThatThrownBy(() -> packed(many, false)).isInstanceOf(ActorException.class);
    }
}
