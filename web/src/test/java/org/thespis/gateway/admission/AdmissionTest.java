package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.gateway.admission.ActorAddress.ById;
import org.thespis.gateway.admission.ActorAddress.Get;
import org.thespis.gateway.admission.ActorAddress.GetOrCreate;
import org.thespis.gateway.admission.GatewaySettings.Access;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Caller;

class AdmissionTest {

    private static final ActorRecord ROOM = new ActorRecord("id-1", "room", ActorKey.of("known"), Instant.EPOCH);
    private static final ActorRecord CLUB = new ActorRecord("id-9", "club", ActorKey.of("known"), Instant.EPOCH);
    private static final Allowance ONE_CREATION = new Allowance(1_000, 1_000, 1_000, 1, 1_000_000);

    private final List<String> asked = new ArrayList<>();
    private final Quotas quotas =
            new Quotas(new Allowances(Fixtures.PLENTY, Fixtures.PLENTY, ONE_CREATION, Fixtures.PLENTY));
    private final Relay relay = relay();
    private final Admission closed = new Admission(Fixtures.settings(), quotas);

    /** With two types of one action each, and one actor of each; notes what it is asked. */
    private Relay relay() {
        ActorType room = type(caller -> true);
        ActorType club = type(caller -> caller.isInRole("member"));
        return (Relay) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Relay.class}, (p, m, a) -> {
            asked.add(m.getName());
            return switch (m.getName()) {
                case "type" -> Optional.ofNullable(a[0].equals("room") ? room : a[0].equals("club") ? club : null);
                case "look" -> Stream.of(ROOM, CLUB)
                        .filter(actor -> a.length == 1
                                ? a[0].equals(actor.id())
                                : a[0].equals(actor.name()) && a[1].equals(actor.key()))
                        .map(actor -> new Relay.Seen(actor.id(), actor.name()))
                        .findFirst();
                default -> throw new AssertionError(m);
            };
        });
    }

    /** One that is for those of a kind. */
    private static ActorType type(Predicate<Caller> members) {
        return (ActorType) Proxy.newProxyInstance(
                AdmissionTest.class.getClassLoader(),
                new Class<?>[] {ActorType.class},
                (p, m, a) -> switch (m.getName()) {
                    case "hasAction" -> a[0].equals("say");
                    case "takesRequests", "takesSockets" -> false;
                    case "isFor" -> members.test((Caller) a[0]);
                    default -> {
                        if (!members.test((Caller) a[0])) {
                            throw new ActorException(ActorError.refused((Caller) a[0]));
                        }
                        yield null;
                    }
                });
    }

    private static void refused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ActorException.class, e -> assertThat(
                        e.error().reason())
                .isEqualTo(reason));
    }

    private Admitted admit(RequestHead head, ActorAddress address, Purpose purpose) {
        return closed.admit(head, closed.page(head, List.of()), closed.quota(head), address, purpose, relay);
    }

    private static ActorAddress room(String key) {
        return new GetOrCreate("room", ActorKey.of(key), null, null);
    }

    private static RequestHead plain() {
        return Fixtures.head("localhost", null);
    }

    @Test
    void hostAndOriginAreAskedFirst() {
        closed.check(Fixtures.head("localhost:8080", "http://localhost:8080"));
        refused("guard.host_not_allowed", () -> closed.check(Fixtures.head("evil.com", "http://evil.com")));
        refused("guard.origin_not_allowed", () -> closed.check(Fixtures.head("localhost", "http://evil.com")));
    }

    @Test
    void theSchemeIsWhatATrustedProxySays() {
        Admission proxied = new Admission(
                Fixtures.settings(
                        new Access(List.of(), List.of("app.example"), List.of("192.0.2.1"), Management.CLOSED)),
                quotas);
        RequestHead forwarded = new RequestHead(
                "192.0.2.1", false, null, "https", "app.example", "https://app.example", null, Caller.ANONYMOUS, null);
        proxied.check(forwarded);
        RequestHead pretended = new RequestHead(
                "192.0.2.9", false, null, "https", "app.example", "https://app.example", null, Caller.ANONYMOUS, null);
        refused("guard.origin_not_allowed", () -> proxied.check(pretended));
    }

    @Test
    void whatAForeignPageCausesUnseenRunsNothingAndLooksNothingUp() {
        RequestHead image = new RequestHead(
                "192.0.2.1", false, null, null, "localhost", null, "cross-site", Caller.ANONYMOUS, null);
        refused("guard.cross_site", () -> admit(image, room("known"), new Purpose.Connect()));
        assertThat(asked).isEmpty();
    }

    @Test
    void aTokenThatNobodyChecksIsRefused() {
        RequestHead head =
                new RequestHead("192.0.2.1", false, null, null, "localhost", null, null, Caller.ANONYMOUS, "t");
        refused("auth.token_not_accepted", () -> admit(head, room("known"), new Purpose.Connect()));
        refused("auth.token_not_accepted", () -> admit(plain(), new ById("id-1", "t"), new Purpose.Connect()));
        refused("auth.token_not_accepted", () -> admit(plain(), new ById("id-1", ""), new Purpose.Connect()));
        assertThat(asked).isEmpty();
    }

    @Test
    void typeAndActionAreAskedBeforeTheStoreAndBeforeCreations() {
        refused("actor.type_not_found", () -> admit(plain(), new GetOrCreate("x", ActorKey.of(), null, null), call()));
        refused("actor.action_not_found", () -> admit(plain(), room("new"), new Purpose.Call("nope")));
        refused("actor.handler_not_found", () -> admit(plain(), room("new"), new Purpose.Request()));
        refused("actor.handler_not_found", () -> admit(plain(), room("new"), new Purpose.Socket()));
        assertThat(asked).containsOnly("type");
        assertThat(admit(plain(), room("new"), call()).actorId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "new"})
    void whoMayNotUseATypeIsNotToldWhichActorsThereAre(String key) {
        RequestHead stranger = plain().of(new Caller("ann"));
        for (Purpose purpose : List.of(
                new Purpose.Connect(), call(), new Purpose.Call("x"), new Purpose.Request(), new Purpose.Socket())) {
            for (ActorAddress address : List.of(
                    new GetOrCreate("club", ActorKey.of(key), null, null), new Get("club", ActorKey.of(key), null))) {
                refused("auth.unauthorized", () -> admit(plain(), address, purpose));
                refused("auth.forbidden", () -> admit(stranger, address, purpose));
            }
        }
        refused("auth.unauthorized", () -> closed.requireKnown(Caller.ANONYMOUS, "club", relay));
        refused("auth.forbidden", () -> closed.requireKnown(new Caller("ann"), "club", relay));
        refused(
                "auth.unauthorized",
                () -> closed.requireCreation(Caller.ANONYMOUS, closed.quota(plain()), "club", relay));
        assertThat(asked).containsOnly("type");
        assertThat(admit(plain(), room("new"), call()).wanted())
                .as("what was refused has used up no creation")
                .isNotNull();
    }

    @Test
    void whoMayUseATypeIsTold() {
        RequestHead member = plain().of(new Caller("bob", Set.of("member")));
        assertThat(admit(member, new Get("club", ActorKey.of("known"), null), call())
                        .actorId())
                .isEqualTo("id-9");
        refused("actor.not_found", () -> admit(member, new Get("club", ActorKey.of("new"), null), call()));
        refused(
                "actor.action_not_found",
                () -> admit(member, new Get("club", ActorKey.of("known"), null), new Purpose.Call("x")));
        refused("auth.unauthorized", () -> admit(plain(), new ById("id-9", null), call()));
    }

    @Test
    void ofTypesThatAreNotDeployedNothingIsToldThoughTheStoreMayHaveThem() {
        for (String key : List.of("known", "new")) {
            refused("actor.not_found", () -> admit(plain(), new Get("none", ActorKey.of(key), null), call()));
        }
        refused("actor.type_not_found", () -> closed.requireKnown(Caller.ANONYMOUS, "none", relay));
        assertThat(closed.mayKnow(Caller.ANONYMOUS, "none", relay)).isFalse();
        assertThat(asked).containsOnly("type");
    }

    private static Purpose call() {
        return new Purpose.Call("say");
    }

    @Test
    void actorsThatExistAreFoundHoweverManyWereCreated() {
        assertThat(admit(plain(), room("new"), call()).wanted()).isNotNull();
        refused("guard.too_many_creations", () -> admit(plain(), room("another"), call()));
        assertThat(admit(plain(), room("known"), call()).actorId()).isEqualTo("id-1");
        assertThat(admit(plain(), new ById("id-1", null), call()).actorId()).isEqualTo("id-1");
        refused("actor.not_found", () -> admit(plain(), new ById("id-2", null), call()));
    }

    private Admission managed(Management management) {
        return new Admission(Fixtures.settings(new Access(List.of(), List.of(), List.of(), management)), quotas);
    }

    @Test
    void listingAndDestroyingIsClosedUntilItIsOpened() {
        Caller admin = new Caller("root", Set.of("thespis-admin"));
        for (Caller caller : List.of(Caller.ANONYMOUS, admin)) {
            refused("auth.management_closed", () -> closed.requireView(caller));
            refused("auth.management_closed", () -> closed.requireDestroy(caller));
        }
        managed(Management.OPEN).requireView(Caller.ANONYMOUS);
        managed(Management.OPEN).requireDestroy(Caller.ANONYMOUS);
    }

    @Test
    void viewersLookAndAdminsDestroy() {
        Admission byRoles = managed(new Management(false, Set.of("admin", "root"), Set.of("viewer")));
        Caller viewer = new Caller("vic", Set.of("viewer"));
        Caller admin = new Caller("ada", Set.of("admin"));
        Caller known = new Caller("ann", Set.of("member"));
        refused("auth.unauthorized", () -> byRoles.requireView(Caller.ANONYMOUS));
        refused("auth.unauthorized", () -> byRoles.requireDestroy(Caller.ANONYMOUS));
        refused("auth.forbidden", () -> byRoles.requireView(known));
        refused("auth.forbidden", () -> byRoles.requireDestroy(known));
        byRoles.requireView(viewer);
        refused("auth.forbidden", () -> byRoles.requireDestroy(viewer));
        byRoles.requireView(admin);
        byRoles.requireDestroy(admin);
        byRoles.requireKnown(viewer, "club", relay);
    }
}
