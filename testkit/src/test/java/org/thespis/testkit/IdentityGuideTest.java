package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.State;
import org.thespis.api.UserException;
import org.thespis.api.spi.CallerRequest;
import org.thespis.api.spi.CallerResolver;
import org.thespis.api.spi.ResolvedCaller;

/** What {@code docs/identity.md} shows of Java stands here word for word, and runs. */
class IdentityGuideTest {

    public static class Shown {

        @Actor("chatRoom")
        @RolesAllowed("talk")
        public static class ChatRoom {

            @State
            Set<String> banned = new HashSet<>();

            @Inject
            ActorContext actor;

            @Action
            public void send(String text, Principal sender) {
                actor.broadcast("said", sender.getName(), text);
            }

            @Action
            @RolesAllowed("moderate")
            public void ban(String name) {
                banned.add(name);
            }

            @Action
            @PermitAll
            public int members() {
                return actor.connections().size();
            }
        }

        @ApplicationScoped
        public static class Badges implements CallerResolver {

            @Override
            public Optional<ResolvedCaller> resolve(CallerRequest request) {
                return request.token().map(token -> badge(token)); // throws a UserException if it is forged
            }
        }
    }

    private static ResolvedCaller badge(String token) {
        if (token.startsWith("forged")) {
            throw new UserException("forged", "The badge is forged");
        }
        return new ResolvedCaller(token, Set.of("talk"));
    }

    /** Knows who has paid. */
    private record Keys(Set<String> known) {
        boolean isKnown(String key) {
            return known.contains(key);
        }
    }

    @Actor("vault")
    public static class Vault {

        private final Keys keys = new Keys(Set.of("k1"));

        @OnBeforeConnect
        public void check(Connection connection) {
            String key = connection
                    .request()
                    .flatMap(request -> request.header("x-api-key"))
                    .orElse("");
            if (!keys.isKnown(key)) {
                throw new UserException("unauthorized", "A valid x-api-key is needed");
            }
        }

        @Action
        public String open() {
            return "open";
        }
    }

    @RegisterExtension
    final TestKit kit = TestKit.of(Shown.ChatRoom.class, Vault.class);

    private static void isRefused(Runnable call, String error) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.group() + "." + e.code())
                        .isEqualTo(error));
    }

    @Test
    void aRoomWithRoles() {
        TestActor room = kit.actor("chatRoom", "general");
        isRefused(room::connect, "auth.unauthorized");
        isRefused(() -> room.as("eve", "read").connect(), "auth.forbidden");
        TestConnection bob = room.as("bob", "talk").connect();
        TestConnection alice = room.as("alice", "talk", "moderate").connect();
        alice.on("said");
        bob.call("send", "hello");
        assertThat(alice).received("said", "bob", "hello");
        isRefused(() -> bob.call("ban", "alice"), "auth.forbidden");
        alice.call("ban", "bob");
        assertThat(bob.call(Integer.class, "members")).isEqualTo(2);
    }

    @Test
    void aResolverOfBadges() {
        Shown.Badges badges = new Shown.Badges();
        assertThat(badges.resolve(with(null))).isEmpty();
        assertThat(badges.resolve(with("ann")).map(ResolvedCaller::name)).contains("ann");
        assertThatThrownBy(() -> badges.resolve(with("forged"))).isInstanceOf(UserException.class);
    }

    private static CallerRequest with(String token) {
        return (CallerRequest) Proxy.newProxyInstance(
                CallerRequest.class.getClassLoader(),
                new Class<?>[] {CallerRequest.class},
                (proxy, method, arguments) -> Optional.ofNullable(token));
    }

    @Test
    void anActorThatLooksAtTheRequest() {
        TestActor vault = kit.actor("vault", "a");
        isRefused(vault::connect, "user.unauthorized");
        isRefused(() -> vault.header("x-api-key", "k2").connect(), "user.unauthorized");
        assertThat(vault.header("x-api-key", "k1").connect().call(String.class, "open"))
                .isEqualTo("open");
    }

    @Test
    void allOfItStandsHere() throws IOException {
        String here = plain(Files.readString(Path.of("src/test/java/org/thespis/testkit/IdentityGuideTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/identity.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
        List<String> missing = blocks.stream()
                .filter(block -> SHOWN.stream().anyMatch(block::contains))
                .filter(block -> !here.contains(plain(block)))
                .toList();
        assertThat(missing).isEmpty();
        assertThat(SHOWN).allSatisfy(part -> assertThat(String.join("", blocks)).contains(part));
    }

    /** Snippets of log-in need a browser: they run elsewhere. */
    private static final List<String> SHOWN =
            List.of("class ChatRoom", "implements CallerResolver", "public void check(Connection connection)");

    /** As lines may be broken elsewhere, and a class that stands inside another is static. */
    private static String plain(String code) {
        return code.replaceAll("\\s+", "").replace("publicstaticclass", "publicclass");
    }
}
