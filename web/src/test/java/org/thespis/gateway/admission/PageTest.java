package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.GatewaySettings.Access;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.settings.ClientLimits;
import org.thespis.runtime.settings.OriginNames;

/** A type that has origins of its own lets in others, or fewer, than all actors do. */
class PageTest {

    private static final OriginNames OWN = new OriginNames(List.of("https://own.example"));
    private static final OriginNames NONE = new OriginNames(List.of());
    private static final Collection<OriginNames> OF_TYPES = List.of(OWN, NONE);

    private final Admission admission = new Admission(
            Fixtures.settings(new Access(List.of("https://all.example"), List.of(), List.of(), Management.CLOSED)),
            new Quotas(Fixtures.plenty()));

    /** The type {@code open} lets in pages of its own, {@code closed} none, any other says nothing. */
    private static Relay relay() {
        return (Relay) Proxy.newProxyInstance(Relay.class.getClassLoader(), new Class<?>[] {Relay.class}, (p, m, a) -> {
            assertThat(m.getName()).isEqualTo("limits");
            OriginNames said = a[0].equals("open") ? OWN : a[0].equals("closed") ? NONE : null;
            return new ClientLimits(
                    Optional.ofNullable(said), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        });
    }

    private Page page(String origin) {
        return admission.page(Fixtures.head("localhost", origin), OF_TYPES);
    }

    private void isRefused(Page page, String type) {
        assertThatThrownBy(() -> page.require(type, relay()))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("guard.origin_not_allowed"));
        assertThat(page.isAllowed()).as("it cannot read even that").isFalse();
    }

    private void isLetIn(Page page, String type) {
        page.require(type, relay());
        assertThat(page.isAllowed()).isTrue();
    }

    @Test
    void whatATypeSaysTakesThePlaceOfWhatIsForAll() {
        isLetIn(page("https://own.example"), "open");
        isRefused(page("https://own.example"), "closed");
        isRefused(page("https://own.example"), "other");
        isRefused(page("https://all.example"), "open");
        isRefused(page("https://all.example"), "closed");
        isLetIn(page("https://all.example"), "other");
    }

    @Test
    void thisServersOwnPagesAndProgramsMayAlwaysCall() {
        for (String type : List.of("open", "closed", "other")) {
            isLetIn(page("http://localhost"), type);
            isLetIn(page(null), type);
        }
    }

    @Test
    void untilATypeIsAskedWhatIsForAllCounts() {
        assertThat(page("https://own.example").isAllowed()).isFalse();
        assertThat(page("https://all.example").isAllowed()).isTrue();
    }

    @Test
    void whoMayCallNoTypeIsRefusedBeforeAnyIsAsked() {
        for (String origin :
                List.of("https://evil.example", "null", "https://own.example.evil", "https://own.example/")) {
            assertThatThrownBy(() -> page(origin))
                    .as(origin)
                    .isInstanceOfSatisfying(
                            ActorException.class,
                            e -> assertThat(e.error().reason()).isEqualTo("guard.origin_not_allowed"));
        }
        assertThatThrownBy(() -> admission.check(Fixtures.head("localhost", "https://own.example")))
                .as("what is for no actor")
                .isInstanceOf(ActorException.class);
    }

    @Test
    void ofSeveralActorsAPageIsToldOfThoseThatItMayCall() {
        Page page = page("https://own.example");
        assertThat(page.mayCall("closed", relay())).isFalse();
        assertThat(page.isAllowed()).isFalse();
        assertThat(page.mayCall("open", relay())).isTrue();
        assertThat(page.mayCall("closed", relay())).isFalse();
        assertThat(page.isAllowed()).isTrue();
    }

    @Test
    void aTypeHasSizesOfItsOwnAndOneMessageMayAlwaysWait() {
        GatewaySettings general = Fixtures.settings();
        ClientLimits large = new ClientLimits(
                Optional.empty(), Optional.of(7), Optional.empty(), Optional.of(5_000), Optional.of(9));
        GatewaySettings.Sizes sizes = general.of(large).sizes();
        assertThat(sizes.incoming()).isEqualTo(7);
        assertThat(sizes.lowLevelIncoming()).isEqualTo(general.sizes().lowLevelIncoming());
        assertThat(sizes.outgoing()).isEqualTo(5_000);
        assertThat(sizes.queued()).isEqualTo(5_000);
        assertThat(sizes.body()).isEqualTo(9);
        assertThat(general.of(ClientLimits.nothing())).isSameAs(general);
    }
}
