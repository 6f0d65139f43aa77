package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.thespis.api.UserException;
import org.thespis.api.spi.CallerRequest;
import org.thespis.api.spi.CallerResolver;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.gateway.Callers.Known;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.token.TokenChecker;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.PackedRequest;

/** Fresh tokens of a connection. */
class RenewalTest {

    private static final Instant LATER = Instant.now().plusSeconds(600);
    private static final PackedRequest REQUEST = PackedRequest.of(
                    "/gateway/a/connect", "192.0.2.1", Map.of(), Map.of("x-lamp", List.of("on")), 1_000)
            .orElseThrow();

    private final List<CallerRequest> seen = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> checks = new ArrayList<>();

    /** A token is a name and roles; {@code broken} breaks. */
    private final CallerResolver resolver = request -> {
        seen.add(request);
        String token = request.token().orElseThrow();
        if (token.startsWith("broken")) {
            throw new StackOverflowError("what authors do");
        }
        if (token.startsWith("forged")) {
            throw new UserException("forged", "it is forged");
        }
        if (token.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.");
        return Optional.of(new ResolvedCaller(parts[0], Set.of(parts), Map.of(), LATER));
    };

    private final GatewaySettings settings = Fixtures.settings();
    private final Callers callers = new Callers(
            List.of(resolver),
            new TokenChecker(settings.tokens(), Runnable::run),
            Set.of("talk", "moderate"),
            settings);
    private final Renewals all = new Renewals(() -> callers, checks::add);

    private final Renewal.Owner owner = new Renewal.Owner() {
        @Override
        public void renewed(Known fresh) {
            told.add("renewed " + fresh.caller().name() + " "
                    + new TreeSet<>(fresh.caller().roles()));
        }

        @Override
        public void tellRenewed() {
            told.add("told");
        }

        @Override
        public void notRenewed(ActorError why) {
            told.add(why.reason());
        }

        @Override
        public void ends(ActorError why) {
            told.add("closed " + why.reason());
        }
    };

    private Known ann(Instant expires) {
        return new Known(new Caller("ann", Set.of("talk")), expires, resolver, null);
    }

    private Renewal renewal(Standing standing) {
        return new Renewal(all, REQUEST, standing);
    }

    private void runChecks() {
        List<Runnable> now = List.copyOf(checks);
        checks.clear();
        now.forEach(Runnable::run);
    }

    private void take(Standing standing, String token) {
        renewal(standing).take(token, owner);
        runChecks();
    }

    @Test
    void aFreshTokenIsCheckedAsTheFirstOneAndItsRolesAndEndCount() {
        Standing standing = Standing.of(ann(Instant.now().plusSeconds(60)));
        take(standing, "ann.talk.moderate.foreign");
        assertThat(told).containsExactly("renewed ann [moderate, talk]", "told");
        assertThat(standing.leftMillis()).isGreaterThan(500_000);
        assertThat(standing.known().caller().roles()).containsExactlyInAnyOrder("talk", "moderate");
        CallerRequest asked = seen.get(0);
        assertThat(asked.path()).isEqualTo("/gateway/a/connect");
        assertThat(asked.header("X-Lamp")).contains("on");
        assertThat(asked.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(asked.principal()).isEmpty();
        assertThat(asked.toString()).doesNotContain("moderate");
    }

    @Test
    void theTokenOfSomebodyElseEndsTheConnection() {
        Standing standing = Standing.of(ann(LATER));
        take(standing, "bob.talk");
        assertThat(told).containsExactly("closed auth.token_of_another_user");
        assertThat(standing.isOver()).isTrue();
    }

    @Test
    void whatDoesNotCountIsToldAndTheOneBeforeCountsOn() {
        Standing standing = Standing.of(ann(LATER));
        for (String token : List.of("forged", "broken", "")) {
            take(standing, token);
        }
        assertThat(told).containsExactly("auth.unauthorized", "rivetkit.internal_error", "auth.token_invalid");
        assertThat(standing.isOver()).isFalse();
        assertThat(standing.known()).isEqualTo(ann(LATER));
        take(standing, "ann.talk");
        assertThat(told).endsWith("renewed ann [talk]", "told");
    }

    @Test
    void whoIsNotKnownByATokenRenewsNone() {
        take(Standing.of(null), "ann.talk");
        assertThat(told).containsExactly("auth.token_not_accepted");
        assertThat(seen).isEmpty();
    }

    @Test
    void whoIsKnownInAnotherWayThanBeforeIsSomebodyElse() {
        Standing standing = Standing.of(new Known(new Caller("ann"), LATER, "another resolver", null));
        take(standing, "ann.talk");
        assertThat(told).containsExactly("closed auth.token_of_another_user");
    }

    @Test
    void oneIsCheckedAtATimeAndNotManyInARow() {
        Renewal renewal = renewal(Standing.of(ann(LATER)));
        long now = System.nanoTime();
        renewal.take("ann.talk", owner, now);
        renewal.take("ann.moderate", owner, now);
        assertThat(told).containsExactly("guard.too_many_requests");
        runChecks();
        told.clear();
        assertThat(renewed(renewal, now)).isEqualTo(Renewal.MAX_IN_A_ROW - 1);
        assertThat(renewed(renewal, now + Renewal.PERIOD_NANOS)).isEqualTo(1);
        assertThat(renewed(renewal, now + 100 * Renewal.PERIOD_NANOS)).isEqualTo(Renewal.MAX_IN_A_ROW);
        assertThat(told).contains("guard.too_many_requests");
    }

    /** How many of a flood are taken. */
    private long renewed(Renewal renewal, long now) {
        told.clear();
        for (int i = 0; i < 100; i++) {
            renewal.take("ann.talk", owner, now);
            runChecks();
        }
        return told.stream().filter("told"::equals).count();
    }

    @Test
    void checksThatHangAreBoundedAndTheOneBeforeCountsOn() {
        for (int i = 0; i <= Renewals.MAX_CHECKS; i++) {
            renewal(Standing.of(ann(LATER))).take("ann.talk", owner);
        }
        assertThat(told).containsExactly("guard.service_unavailable");
        runChecks();
        told.clear();
        take(Standing.of(ann(LATER)), "ann.talk");
        assertThat(told).contains("told");
    }

    @Test
    void anExecutorThatIsGoneIsToldAndKeepsNoPlace() {
        Renewals none = new Renewals(() -> callers, task -> {
            throw new RejectedExecutionException("gone");
        });
        for (int i = 0; i <= Renewals.MAX_CHECKS; i++) {
            new Renewal(none, REQUEST, Standing.of(ann(LATER))).take("ann.talk", owner);
        }
        assertThat(told).containsOnly("guard.service_unavailable");
    }

    @Test
    void whatRanOutOrWasLoggedOutWhileItWasCheckedStaysSo() {
        Standing out = Standing.of(ann(LATER));
        renewal(out).take("ann.talk", owner);
        assertThat(out.runsOut(System.nanoTime() + 700_000_000_000L)).isTrue();
        runChecks();
        Standing loggedOut = Standing.of(ann(LATER));
        renewal(loggedOut).take("ann.talk", owner);
        loggedOut.end();
        runChecks();
        take(Standing.of(ann(Instant.now().minusSeconds(1))), "ann.talk");
        assertThat(told).isEmpty();
        assertThat(loggedOut.runsOut(Long.MAX_VALUE / 2)).isFalse();
    }

    @Test
    void whatIsRenewedRunsOutAtItsNewEndAndNotBefore() {
        Standing standing = Standing.of(ann(Instant.now().plusSeconds(60)));
        take(standing, "ann.talk");
        assertThat(standing.runsOut(System.nanoTime() + 61_000_000_000L)).isFalse();
        assertThat(standing.runsOut(System.nanoTime() + 601_000_000_000L)).isTrue();
        assertThat(standing.runsOut(System.nanoTime() + 602_000_000_000L)).isFalse();
    }
}
