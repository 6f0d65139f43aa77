package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thespis.api.UserException;
import org.thespis.api.spi.CallerResolver;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.gateway.admission.Admission;
import org.thespis.gateway.admission.Allowance;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.gateway.admission.Quotas;
import org.thespis.gateway.token.TokenChecker;
import org.thespis.runtime.Relay;
import org.thespis.runtime.settings.OriginNames;

/** What is found out of a request before anything is done with it. */
class VisitTest {

    /** More than a user may, and less than an address. */
    private static final int TRIES = 900;

    private static final Allowance MANY = new Allowance(1_000, 1_000, 1_000, 1_000, 1_000);
    private static final Allowance FEW = new Allowance(1_000, 1, 1, 1_000, 1_000);

    private final GatewaySettings settings = Fixtures.settings();
    private final Quotas quotas = new Quotas(new Allowances(MANY, FEW, MANY, MANY));
    private final Admission admission = new Admission(settings, quotas);

    private final Map<String, Object> attributes = new HashMap<>();
    private Principal user; // whom the server knows
    private HttpSession session;
    private String path = "/gateway/chat/request/x";

    private HttpServletRequest request(String method, Map<String, String> given) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", "localhost");
        headers.putAll(given);
        ServletContext context =
                stub(ServletContext.class, (name, first) -> stub(SessionCookieConfig.class, (cookie, nothing) -> null));
        return stub(HttpServletRequest.class, (name, first) -> switch (name) {
            case "getMethod" -> method;
            case "getRequestURI", "getServletPath" -> path;
            case "getContextPath" -> "";
            case "getRemoteAddr" -> "192.0.2.1";
            case "isSecure" -> false;
            case "getHeader" -> headers.get((String) first);
            case "getHeaders" -> Collections.enumeration(
                    headers.containsKey((String) first) ? List.of(headers.get((String) first)) : List.of());
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getServletContext" -> context;
            case "getUserPrincipal" -> user;
            case "getSession" -> session;
            case "getAttribute" -> attributes.get((String) first);
            case "isUserInRole" -> false;
            case "getPathInfo", "getQueryString", "setAttribute" -> null;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Answers {
        Object of(String method, Object first);
    }

    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<T> type, Answers answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, a) -> answers.of(method.getName(), a == null ? null : a[0]));
    }

    private Visit visit(String method, Map<String, String> headers) {
        return visit(method, headers, asked -> asked.token().map(token -> new ResolvedCaller(token, Set.of())));
    }

    private Visit visit(String method, Map<String, String> headers, CallerResolver resolver) {
        Callers callers = new Callers(
                List.of(resolver), new TokenChecker(settings.tokens(), Runnable::run), Set.of("talk"), settings);
        return Visit.make(request(method, headers), admission, callers, Optional.empty());
    }

    private static Optional<String> refusal(Visit visit) {
        return Optional.ofNullable(visit.refusal()).map(error -> error.reason());
    }

    /** Why the last of many is refused; empty if none is. */
    private Optional<String> refusalOfMany(String method, Map<String, String> headers) {
        Optional<String> refusal = Optional.empty();
        for (int i = 0; i < TRIES && refusal.isEmpty(); i++) {
            refusal = refusal(visit(method, headers));
        }
        return refusal;
    }

    @Test
    void whoIsKnownByATokenHasTheRequestsOfAUser() {
        assertThat(refusalOfMany("POST", Map.of("Authorization", "Bearer ann"))).contains("guard.too_many_requests");
        assertThat(refusal(visit("POST", Map.of("Authorization", "Bearer bob"))))
                .isEmpty();
        assertThat(refusal(visit("POST", Map.of()))).isEmpty();
    }

    @Test
    void whoIsKnownByATokenHasTheHandshakesOfAUser() {
        assertThat(refusalOfMany("GET", Map.of("Upgrade", "websocket", "Authorization", "Bearer ann")))
                .contains("guard.too_many_handshakes");
        assertThat(refusal(visit("GET", Map.of("Upgrade", "websocket")))).isEmpty();
    }

    @Test
    void whatIsAskedWithOptionsIsAskedBySomebodyToo() {
        Visit visit = visit("OPTIONS", Map.of("Authorization", "Bearer ann"));
        assertThat(visit.head().caller().name()).isEqualTo("ann");
        assertThat(visit.request().header("authorization")).isEmpty();
    }

    @Test
    void whetherANodeIsReadyIsAskedByAnyName() {
        Map<String, String> unnamed = Map.of("Host", "node1.internal");
        assertThat(refusal(visit("GET", unnamed))).contains("guard.host_not_allowed");
        path = "/health";
        assertThat(refusal(visit("GET", unnamed))).isEmpty();
        assertThat(refusal(visit("GET", Map.of("Host", "")))).isEmpty();
        assertThat(visit("GET", Map.of("Host", "evil.example", "Origin", "http://evil.example"))
                        .page())
                .as("what would let a page read the answer")
                .isNull();
        assertThat(refusal(visit("POST", unnamed))).contains("guard.host_not_allowed");
        assertThat(refusal(visit("GET", Map.of("Host", "node1.internal", "Upgrade", "websocket"))))
                .contains("guard.host_not_allowed");
        path = "/healthy";
        assertThat(refusal(visit("GET", unnamed))).contains("guard.host_not_allowed");
    }

    @Test
    void aPreflightIsNobodys() {
        Visit visit = visit(
                "OPTIONS",
                Map.of("Origin", "http://localhost", "Access-Control-Request-Method", "POST", "x-rivet-token", "ann"));
        assertThat(refusal(visit)).isEmpty();
        assertThat(visit.head().caller().name()).isNull();
    }

    @Test
    void theWebSocketOfWhomAResolverKnowsByTheLoginEndsWithTheLogin() {
        user = () -> "alice";
        session = stub(HttpSession.class, (name, first) -> null);
        CallerResolver byLogin =
                asked -> asked.principal().map(known -> new ResolvedCaller("acme/" + known.getName(), Set.of()));
        Visit visit = visit("GET", Map.of("Upgrade", "websocket"), byLogin);
        assertThat(visit.head().caller().name()).isEqualTo("acme/alice");
        assertThat(visit.login()).isNotNull();
    }

    /** Whether the page of an origin whose token is refused may read that. */
    private boolean readsRefusal(String origin, String expected) {
        CallerResolver refusing = asked -> {
            throw new UserException("forged", "it is forged");
        };
        Relay relay = stub(Relay.class, (name, first) -> List.of(new OriginNames(List.of("https://app.example"))));
        Callers callers =
                new Callers(List.of(refusing), new TokenChecker(settings.tokens(), Runnable::run), Set.of(), settings);
        Visit visit = Visit.make(request("POST", Map.of("Origin", origin)), admission, callers, Optional.of(relay));
        assertThat(refusal(visit)).contains(expected);
        attributes.put(Visit.class.getName(), visit);
        Map<String, Boolean> allowed = new HashMap<>();
        HttpServletResponse response =
                stub(HttpServletResponse.class, (name, first) -> allowed.put((String) first, true));
        Visit.allowOrigin(request("POST", Map.of()), response);
        return allowed.containsKey("Access-Control-Allow-Origin");
    }

    @Test
    void aPageThatMayCallReadsWhyItsTokenIsRefused() {
        assertThat(readsRefusal("http://localhost", "auth.unauthorized")).isTrue();
        assertThat(readsRefusal("https://app.example", "auth.unauthorized"))
                .as("it may call some types, and none was asked for")
                .isFalse();
        assertThat(readsRefusal("https://other.example", "guard.origin_not_allowed"))
                .isFalse();
    }

    @Test
    void sessionsOfWhoIsNotLoggedInAreCounted() {
        attributes.put(Visit.class.getName(), visit("GET", Map.of()));
        boolean may = true;
        for (int i = 0; i < 2 * TRIES && may; i++) {
            may = UserSessions.mayBegin(request("GET", Map.of()));
        }
        assertThat(may).isFalse();
        session = stub(HttpSession.class, (name, first) -> null);
        assertThat(UserSessions.mayBegin(request("GET", Map.of()))).isTrue();
    }
}
