package org.thespis.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServersTest {

    private static final URI A = URI.create("http://a:8080/app");
    private static final URI B = URI.create("http://b:8080/app/");
    private static final URI C = URI.create("http://c:8080/app");

    private final Servers servers = new Servers(A, B, C);
    private final Server a = servers.all().get(0);
    private final Server b = servers.all().get(1);
    private final Server c = servers.all().get(2);

    @Test
    void nobodyIsReadyBeforeItHasSaidSo() {
        assertThat(servers.take(Set.of())).isNull();
        assertThat(servers.anyReady()).isFalse();
    }

    @Test
    void thoseWithAsManyLinesHaveTheirTurns() {
        allReady();
        List<Server> taken = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Server.Place place = servers.take(Set.of());
            taken.add(place.server());
            place.leave();
        }
        assertThat(taken).containsExactly(a, b, c, a, b, c);
    }

    @Test
    void theOneWithTheFewestLinesIsNext() {
        allReady();
        List<Server.Place> places = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            places.add(servers.take(Set.of()));
        }
        assertThat(servers.all()).extracting(Server::lines).containsOnly(10);
        places.stream().filter(place -> place.server() == b).limit(3).forEach(Server.Place::leave);
        for (int i = 0; i < 3; i++) {
            assertThat(servers.take(Set.of()).server()).isSameAs(b);
        }
        assertThat(servers.lines()).isEqualTo(30);
    }

    @Test
    void whoIsNotReadyOrWasAskedIsPassedOver() {
        allReady();
        servers.learn(a, false);
        assertThat(servers.take(Set.of(b)).server()).isSameAs(c);
        assertThat(servers.take(Set.of(b, c))).isNull();
    }

    @Test
    void aPlaceIsLeftOnce() {
        allReady();
        Server.Place first = servers.take(Set.of(b, c));
        servers.take(Set.of(b, c));
        first.leave();
        first.leave();
        assertThat(a.lines()).isEqualTo(1);
    }

    @Test
    void healthIsAskedBelowTheContextPath() {
        assertThat(b.health()).hasToString("http://b:8080/app/health");
        assertThat(b.authority()).hasToString("http://b:8080");
        assertThat(new Servers(URI.create("http://[::1]:80")).all().get(0).health())
                .hasToString("http://[::1]:80/health");
    }

    @Test
    void aServerIsAwayWithinTwoSeconds() {
        assertThat(FrontSettings.DEFAULT.healthMillis() + Readiness.PERIOD_MILLIS)
                .isLessThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a:8080/app",
                "http://a:8080/app/",
                "http://d:8080",
                "http://d:8080/other",
                "https://d/app",
                "d:8080",
                "/app",
                "http:///app"
            })
    void whatCannotBeServedTogetherIsRefused(String another) {
        assertThatThrownBy(() -> new Servers(A, URI.create(another))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(Servers::new).isInstanceOf(IllegalArgumentException.class);
    }

    private void allReady() {
        servers.all().forEach(server -> servers.learn(server, true));
    }
}
