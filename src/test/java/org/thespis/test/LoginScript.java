package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@link KeycloakIT} tries with users who log in by a browser. */
final class LoginScript {

    private static final boolean PAYARA =
            System.getProperty("arquillian.launch").equals("payara");
    private static final String ALICE = "\"name\":\"alice\"";
    private static final int TIMEOUT_SECONDS = 1;

    /** WildFly looks for sessions that ran out now and then. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(150);

    private final URI server;
    private final String key;

    LoginScript(String address, String key) {
        this.server = URI.create("http://" + address);
        this.key = key;
    }

    private Visitor visitor() {
        return new Visitor(server);
    }

    private RawClient socket(Visitor visitor, String kind) {
        URI address =
                URI.create("ws://" + server.getAuthority() + "/gateway/lobby/" + kind + "?" + Bystander.query(key));
        return RawClient.with(visitor.headers(), address, "rivet_encoding.json");
    }

    private RawClient connected(Visitor visitor) throws InterruptedException {
        RawClient client = socket(visitor, "connect");
        client.await("Init");
        return client;
    }

    private HttpResponse<String> call(Visitor visitor, String action) throws IOException, InterruptedException {
        return visitor.post("/gateway/lobby/action/" + action + "?" + Bystander.query(key), "{\"args\":[]}");
    }

    /** A connection in a session that is about to run out. */
    RawClient inAShortSession() throws IOException, InterruptedException {
        Visitor alice = visitor().login("alice");
        RawClient client = connected(alice);
        alice.get("/sessions?timeout=" + TIMEOUT_SECONDS);
        return client;
    }

    void awaitEndOfSession(RawClient client) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (!ends(client)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    /** WildFly closes such a WebSocket itself, or cuts its line. */
    private static boolean ends(RawClient client) throws InterruptedException {
        String message = client.heard();
        return PAYARA
                ? message.startsWith("close 1011 auth.logged_out")
                : message.startsWith("close") || message.startsWith("error");
    }

    void rolesOfTheRealm() throws IOException, InterruptedException {
        Visitor alice = visitor();
        HttpResponse<String> form = alice.ask("/login/user?role=moderate%26role=other");
        String before = alice.session();
        HttpResponse<String> last = alice.follow(alice.fill(form, "alice"));
        assertThat(last.body()).contains(ALICE, "\"roles\":[\"moderate\"]");
        assertThat(alice.session())
                .as("who knew the session before knows it no more")
                .isNotEqualTo(before);
        Visitor bob = visitor().login("bob");
        assertThat(call(alice, "who").body()).contains("alice null");
        assertThat(call(alice, "moderate").body()).contains("moderated");
        assertThat(call(bob, "who").body()).contains("bob null");
        assertThat(call(bob, "moderate").statusCode()).isEqualTo(403);
        assertThat(call(visitor(), "who").body()).contains("\"code\":\"unauthorized\"");
        assertThat(connected(bob).call(1, "moderate", "").await("\"tag\":\"Error\""))
                .contains("forbidden");
        assertThat(connected(alice).call(1, "moderate", "").await("ActionResponse"))
                .contains("moderated");
        socket(alice, "websocket/").await("open");
        assertThat(visitor().get("/login").headers().firstValue("Set-Cookie").orElseThrow())
                .contains(PAYARA ? List.of("HttpOnly") : List.of("HttpOnly", "SameSite=Lax")); // which Payara overlooks
        assertThat(alice.get("/metadata").body()).contains("\"login\":\"/login\"");
    }

    void logout() throws IOException, InterruptedException {
        Visitor here = visitor().login("alice");
        Visitor there = visitor().login("alice");
        RawClient first = connected(here);
        RawClient second = connected(here);
        RawClient low = socket(here, "websocket/");
        low.await("open");
        RawClient other = connected(there);
        HttpResponse<String> left = here.post("/logout", "");
        for (RawClient closed : new RawClient[] {first, second, low}) {
            closed.await("close 1011", "auth.logged_out");
        }
        assertThat(other.call(1, "who", "").await("ActionResponse")).contains("alice");
        assertThat(here.get("/login/user").body()).isEqualTo("{}");
        assertThat(call(here, "who").statusCode()).isEqualTo(401);
        socket(here, "connect").await("close 1011", "auth.unauthorized");
        assertThat(left.statusCode()).isEqualTo(200);
        assertThat(left.headers().firstValue("Cache-Control")).contains("no-store");
        Map<String, String> form = Visitor.hidden(left);
        assertThat(form.get("id_token_hint")).startsWith("ey");
        assertNotLogged(form.get("id_token_hint"));
        URI home = Visitor.next(here.submit(Visitor.action(left), form));
        assertThat(home).isEqualTo(server.resolve("/"));
        assertThat(here.ask("/").body())
                .as("the session at Keycloak is over, too")
                .contains("password");
    }

    interface Doing {
        void run() throws InterruptedException;
    }

    /** The provider ends the sessions of a user. */
    void loggedOutElsewhere(String user, Doing logOut) throws IOException, InterruptedException {
        Visitor there = visitor().login(user);
        RawClient client = connected(there);
        RawClient low = socket(there, "websocket/");
        low.await("open");
        assertThat(call(there, "who").statusCode()).isEqualTo(200);
        logOut.run();
        client.await("close 1011", "auth.logged_out");
        low.await("close 1011", "auth.logged_out");
        assertThat(call(there, "who").statusCode()).isEqualTo(401);
        assertThat(there.get("/login/user").body()).isEqualTo("{}");
        socket(there, "connect").await("close 1011", "auth.unauthorized");
    }

    /** Of somebody whom the server may know by a parameter: it must not look for that in the body. */
    void formOfNobody() throws IOException, InterruptedException {
        assumeFalse(PAYARA, "Payara has read the body of a form before anything of ours");
        URI forms = server.resolve("/gateway/forms/request/?" + Bystander.query(key));
        assertThat(visitor().submit(forms, Map.of("a", "b c")).body()).isEqualTo("got a=b+c");
        assertThat(visitor().login("bob").submit(forms, Map.of("a", "b c")).body())
                .isEqualTo("got a=b+c");
    }

    void endOfSession() throws IOException, InterruptedException {
        Visitor alice = visitor().login("alice");
        RawClient first = connected(alice);
        RawClient low = socket(alice, "websocket/");
        low.await("open");
        alice.get("/sessions");
        awaitEndOfSession(first);
        awaitEndOfSession(low);
        socket(alice, "connect").await("close 1011", "auth.unauthorized");
    }

    void forgedState() throws IOException, InterruptedException {
        Visitor alice = visitor();
        URI back = Visitor.next(alice.fill(alice.ask("/"), "alice"));
        String forged = back.toString().replaceFirst("state=[^&]+", "state=11111111-1111-1111-1111-111111111111");
        alice.go(URI.create(forged));
        assertThat(alice.get("/login/user").body()).isEqualTo("{}");
        visitor().go(back); // the code and the state of somebody else
        Visitor eve = visitor();
        eve.ask("/");
        eve.go(back);
        assertThat(eve.get("/login/user").body())
                .as("whoever made her open the address")
                .isEqualTo("{}");
        assertThat(alice.get("/login/callback?error=access_denied").statusCode())
                .isEqualTo(401);
    }

    void twoTabs() throws IOException, InterruptedException {
        Visitor alice = visitor();
        HttpResponse<String> first = alice.get("/login?to=/first");
        URI back = Visitor.next(alice.fill(alice.ask("/login/user"), "alice"));
        assertThat(alice.follow(alice.go(back)).body()).contains(ALICE);
        alice.follow(first); // the tab whose state has been replaced meanwhile
        assertThat(alice.get("/login/user").body()).contains(ALICE);
        assertThat(alice.get("/login?to=//evil.example").headers().firstValue("Location"))
                .contains("/");
    }

    void nothingSecretIsInTheLog() throws IOException, InterruptedException {
        Visitor alice = visitor();
        URI back = Visitor.next(alice.fill(alice.ask("/"), "alice"));
        alice.follow(alice.go(back));
        assertNotLogged(alice.session());
        assertNotLogged("change-me");
        assertNotLogged(back.getQuery().replaceFirst(".*code=", ""));
    }

    private static void assertNotLogged(String secret) {
        assertThat(secret).isNotBlank();
        assertThat(TestEar.serverLog()).doesNotContain(secret);
    }

    /** What is left when Keycloak is away. */
    void withoutKeycloak(KeycloakProcess keycloak) throws IOException, InterruptedException {
        Visitor alice = visitor().login("alice");
        RawClient client = connected(alice);
        Visitor bob = visitor();
        URI back = Visitor.next(bob.fill(bob.ask("/"), "bob"));
        keycloak.close();
        assertThat(client.call(1, "who", "").await("ActionResponse")).contains("alice");
        assertThat(call(alice, "moderate").body()).contains("moderated");
        connected(alice).close();
        assertThat(bob.go(back).statusCode())
                .as("the code cannot be changed for a token")
                .isGreaterThanOrEqualTo(400);
        assertThat(bob.get("/login/user").body()).isEqualTo("{}");
        assertThat(visitor().get("/metadata").statusCode()).isEqualTo(200);
        assertThat(call(visitor(), "who").statusCode()).isEqualTo(401);
        assertThat(alice.post("/logout", "").statusCode()).isEqualTo(200);
        client.await("close 1011", "auth.logged_out");
    }
}
