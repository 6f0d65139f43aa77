package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@link KeycloakIT} tries with users whom WildFly's own client of OpenID Connect has logged in. */
final class OidcScript {

    private static final int SHORT_SECONDS = 3;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final URI server;
    private final String key;

    OidcScript(String address, String key) {
        this.server = URI.create("http://" + address);
        this.key = key;
    }

    /** The gateway with that login, in a server that was told of the issuer by the script that users are shown. */
    static ServerSettings configure(String issuer) {
        return ServerSettings.of(
                Node.ROOT.resolve("server-config/wildfly/oidc.cli"),
                line -> line.replace("http://localhost:8180/realms/thespis", issuer));
    }

    void play(KeycloakProcess keycloak) throws IOException, InterruptedException {
        isShown("ServerLogin");
        isShown("ServerLogout");
        rolesOfTheRealm();
        whoKnewTheSessionBefore();
        logout();
        forgedCode();
        form();
        bearer(keycloak);
        tokenThatRunsOut(keycloak);
        loggedOutAtTheIssuer(keycloak);
    }

    /** What that servlet does stands in the guide. */
    private static void isShown(String servlet) throws IOException {
        String source = Files.readString(
                Node.ROOT.resolve("src/test/java/org/thespis/test/fixture/oidc").resolve(servlet + ".java"));
        String guide = Files.readString(Node.ROOT.resolve("docs/identity.md"));
        assertThat(plain(guide)).contains(plain(source.substring(source.indexOf("@Override"))));
    }

    private static String plain(String code) {
        return code.replaceAll("(?m) // .*$", "").replaceAll("\\s+", "");
    }

    private Visitor visitor() {
        return new Visitor(server, OidcEar.CONTEXT);
    }

    private String path(String rest) {
        return "/gateway/lobby/" + rest + "?" + Bystander.query(key);
    }

    private HttpResponse<String> call(Visitor visitor, String action) throws IOException, InterruptedException {
        return visitor.post(path("action/" + action), "{\"args\":[]}");
    }

    private RawClient socket(Visitor visitor, String kind) {
        URI address = URI.create("ws://" + server.getAuthority() + OidcEar.CONTEXT + path(kind));
        return RawClient.with(visitor.headers(), address, "rivet_encoding.json");
    }

    private RawClient connected(Visitor visitor) throws InterruptedException {
        RawClient client = socket(visitor, "connect");
        client.await("Init");
        return client;
    }

    private void rolesOfTheRealm() throws IOException, InterruptedException {
        Visitor alice = visitor().login("alice");
        Visitor bob = visitor().login("bob");
        assertThat(call(alice, "who").body()).contains("alice null");
        assertThat(call(alice, "moderate").body()).contains("moderated");
        assertThat(call(bob, "who").body()).contains("bob null");
        assertThat(call(bob, "moderate").statusCode()).isEqualTo(403);
        assertThat(call(visitor(), "who").statusCode()).isEqualTo(401);
        RawClient ofBob = connected(bob);
        assertThat(ofBob.call(1, "who", "").await("ActionResponse")).contains("bob null");
        assertThat(ofBob.call(2, "moderate", "").await("\"tag\":\"Error\"")).contains("forbidden");
        assertThat(connected(alice).call(1, "moderate", "").await("ActionResponse"))
                .contains("moderated");
        socket(alice, "websocket/").await("open");
        socket(visitor(), "connect").await("close 1011", "auth.unauthorized");
        assertThat(alice.get("/metadata").body()).contains("\"login\":\"/login\"");
    }

    private void whoKnewTheSessionBefore() throws IOException, InterruptedException {
        Visitor alice = visitor().login("alice");
        String before = alice.session();
        alice.get("/login");
        assertThat(alice.session()).isNotBlank().isNotEqualTo(before);
        assertThat(call(alice, "who").body()).contains("alice");
    }

    private void logout() throws IOException, InterruptedException {
        Visitor here = visitor().login("alice");
        Visitor there = visitor().login("alice");
        RawClient first = connected(here);
        RawClient low = socket(here, "websocket/");
        low.await("open");
        RawClient other = connected(there);
        assertThat(here.post("/logout", "").statusCode()).isEqualTo(200);
        first.await("close 1011", "auth.logged_out");
        low.await("close 1011", "auth.logged_out");
        assertThat(other.call(1, "who", "").await("ActionResponse")).contains("alice");
        assertThat(call(here, "who").statusCode()).isEqualTo(401);
        socket(here, "connect").await("close 1011", "auth.unauthorized");
        assertThat(here.ask("/metadata").uri().getPath())
                .as("at Keycloak the session goes on, and lets the user in without a password")
                .isEqualTo(OidcEar.CONTEXT + "/metadata");
    }

    private void forgedCode() throws IOException, InterruptedException {
        Visitor alice = visitor();
        URI back = Visitor.next(alice.fill(alice.ask("/metadata"), "alice"));
        Visitor eve = visitor();
        eve.ask("/metadata");
        eve.go(back); // the code and the state of somebody else
        assertThat(call(eve, "who").statusCode()).isEqualTo(401);
        alice.go(URI.create(back.toString().replaceFirst("state=[^&]+", "state=forged")));
        assertThat(call(alice, "who").statusCode()).isEqualTo(401);
    }

    private void form() throws IOException, InterruptedException {
        URI forms = server.resolve(OidcEar.CONTEXT + "/gateway/forms/request/?" + Bystander.query(key));
        assertThat(visitor().submit(forms, Map.of("a", "b c")).body()).isEqualTo("got a=b+c");
        assertThat(visitor().login("bob").submit(forms, Map.of("a", "b c")).body())
                .isEqualTo("got a=b+c");
    }

    /** WildFly knows who comes with a good token; what is wrong with others says Thespis. */
    private void bearer(KeycloakProcess keycloak) throws IOException, InterruptedException {
        String alice = keycloak.token("thespis-program", "alice");
        assertThat(bearing(alice)).contains("alice");
        assertThat(bearing(alice.substring(0, alice.length() - 4))).contains("token_invalid");
        assertThat(bearing(keycloak.token("other-application", "bob"))).contains("token_wrong_audience");
    }

    private String bearing(String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(OidcEar.CONTEXT + path("action/who")))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"args\":[]}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** WildFly asks for a fresh one with the next request, and ends the session if it gets none. */
    private void tokenThatRunsOut(KeycloakProcess keycloak) throws IOException, InterruptedException {
        keycloak.lifespan(SHORT_SECONDS);
        Visitor bob = visitor().login("bob");
        RawClient client = connected(bob);
        keycloak.logOut("bob"); // which nobody is told of
        long end = System.nanoTime() + LONGEST.toNanos();
        while (call(bob, "who").statusCode() != 401) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        while (!isEnd(client.heard())) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    private static boolean isEnd(String message) {
        return message.startsWith("close") || message.startsWith("error"); // WildFly may cut the line
    }

    private void loggedOutAtTheIssuer(KeycloakProcess keycloak) throws IOException, InterruptedException {
        keycloak.tellsLogOutsTo(server + OidcEar.CONTEXT + "/back-channel-logout");
        Visitor bob = visitor().login("bob");
        RawClient client = connected(bob);
        keycloak.logOut("bob");
        client.await("close 1011", "auth.logged_out");
        assertThat(call(bob, "who").statusCode()).isEqualTo(401);
    }
}
