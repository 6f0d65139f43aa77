package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.api.UserException;
import org.thespis.api.spi.CallerRequest;
import org.thespis.api.spi.CallerResolver;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.token.TokenChecker;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;

/** Who stands behind a request. */
class CallersTest {

    private static final Set<String> ROLES = Set.of("talk", "moderate");

    private static HttpServletRequest request(String user, Map<String, List<String>> headers) {
        Principal principal = user == null ? null : () -> user;
        return (HttpServletRequest) Proxy.newProxyInstance(
                CallersTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUserPrincipal" -> principal;
                    case "isUserInRole" -> user != null && arguments[0].equals("talk");
                    case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                    case "getHeader" -> headers.getOrDefault(arguments[0], List.of()).stream()
                            .findFirst()
                            .orElse(null);
                    case "getCookies" -> new Cookie[] {new Cookie("a", "1")};
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Callers callers(CallerResolver... resolvers) {
        GatewaySettings settings = Fixtures.settings();
        return new Callers(List.of(resolvers), new TokenChecker(settings.tokens(), Runnable::run), ROLES, settings);
    }

    private static Optional<Caller> ask(HttpServletRequest request, CallerResolver... resolvers) {
        Callers callers = callers(resolvers);
        return callers.ofOthers(request, callers.presented(request), "/gateway/a", "10.0.0.1")
                .map(Callers.Known::caller);
    }

    @Test
    void theServerSaysWhoItIsAndInWhichOfTheRolesThatActorsName() {
        Callers callers = callers();
        assertThat(callers.ofServer(request(null, Map.of()))).isSameAs(Caller.ANONYMOUS);
        assertThat(callers.ofServer(request("ann", Map.of()))).isEqualTo(new Caller("ann", Set.of("talk")));
    }

    @Test
    void theFirstResolverThatKnowsCounts() {
        Optional<Caller> known = ask(
                request(null, Map.of()),
                asked -> Optional.empty(),
                asked -> Optional.of(new ResolvedCaller("ann", Set.of("moderate", "of others"))),
                asked -> Optional.of(new ResolvedCaller("bob", Set.of())));
        assertThat(known).contains(new Caller("ann", Set.of("moderate")));
        assertThat(ask(request("ann", Map.of()), asked -> Optional.empty())).isEmpty();
    }

    @Test
    void aResolverThatRefusesIsToldAsUnauthorizedAndNothingMore() {
        assertThatThrownBy(() -> ask(request(null, Map.of()), asked -> {
                    throw new UserException("secret", "of the token");
                }))
                .isInstanceOfSatisfying(ActorException.class, e -> {
                    assertThat(e.error().reason()).isEqualTo("auth.unauthorized");
                    assertThat(e.error().message()).doesNotContain("token");
                });
    }

    @Test
    void aResolverThatBreaksRefusesTheRequest() {
        for (Throwable broken : List.of(new IllegalStateException("x"), new StackOverflowError())) {
            assertThatThrownBy(() -> ask(request(null, Map.of()), asked -> {
                        if (broken instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) broken;
                    }))
                    .isInstanceOfSatisfying(
                            ActorException.class,
                            e -> assertThat(e.error().reason()).isEqualTo("rivetkit.internal_error"));
        }
        assertThatThrownBy(() -> ask(request(null, Map.of()), asked -> null))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("rivetkit.internal_error"));
    }

    @Test
    void aCallerMayHaveClaimsAndAnEndWhichIsNotInThePast() {
        Instant later = Instant.now().plusSeconds(60);
        Callers callers = callers(asked -> Optional.of(new ResolvedCaller("ann", Set.of(), Map.of("floor", 3), later)));
        HttpServletRequest request = request(null, Map.of());
        Callers.Known known =
                callers.ofOthers(request, callers.presented(request), "/", "").orElseThrow();
        assertThat(known.caller().claims()).isEqualTo(Map.of("floor", 3));
        assertThat(known.expires()).isEqualTo(later);
        assertThatThrownBy(() -> ask(
                        request(null, Map.of()),
                        asked -> Optional.of(new ResolvedCaller("ann", Set.of(), Map.of(), Instant.MIN))))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("auth.token_expired"));
    }

    private static String token(Map<String, List<String>> headers) {
        String[] token = new String[1];
        ask(request(null, headers), asked -> {
            token[0] = asked.token().orElse("none");
            return Optional.empty();
        });
        return token[0];
    }

    @Test
    void aTokenComesInOneOfThreeWays() {
        assertThat(token(Map.of())).isEqualTo("none");
        assertThat(token(Map.of("Authorization", List.of("bearer abc ")))).isEqualTo("abc");
        assertThat(token(Map.of("Authorization", List.of("Basic abc"), "x-rivet-token", List.of("def"))))
                .isEqualTo("def");
        assertThat(token(Map.of("Sec-WebSocket-Protocol", List.of("rivet, rivet_token.ghi"))))
                .isEqualTo("ghi");
    }

    @Test
    void aRequestTellsWhatItCameWith() {
        CallerRequest[] told = new CallerRequest[1];
        ask(request("ann", Map.of("X-Key", List.of("1", "2"))), asked -> {
            told[0] = asked;
            return Optional.empty();
        });
        assertThat(told[0].path()).isEqualTo("/gateway/a");
        assertThat(told[0].remoteAddress()).isEqualTo("10.0.0.1");
        assertThat(told[0].headers("X-Key")).containsExactly("1", "2");
        assertThat(told[0].header("X-Key")).contains("1");
        assertThat(told[0].cookie("a")).contains("1");
        assertThat(told[0].cookie("b")).isEmpty();
        assertThat(told[0].principal()).map(Principal::getName).contains("ann");
    }
}
