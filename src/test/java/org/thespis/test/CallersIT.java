package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users whom the server knows, by Jakarta Security: what reaches actors of their names and roles, however they call. */
@ExtendWith(ArquillianExtension.class)
class CallersIT {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final boolean PAYARA =
            System.getProperty("arquillian.launch").equals("payara");

    /** Before servers give up a request. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String NAMESPACE = "?namespace=default";

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return LoginEar.make();
    }

    @ArquillianResource
    URL url;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://" + url.getHost() + ":" + url.getPort() + path);
    }

    private String path(String actor, String rest) {
        return "/gateway/" + actor + "/" + rest + "?" + Bystander.query(key);
    }

    private static String basic(String user) {
        byte[] credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    private HttpResponse<String> send(String user, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address("http", path))
                .timeout(TIME)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (user != null) {
            request.header("Authorization", basic(user));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> call(String user, String actor, String action, String arguments) throws Exception {
        return send(user, "POST", path(actor, "action/" + action), "{\"args\":[" + arguments + "]}");
    }

    private RawClient open(String user, String rest) {
        Map<String, String> headers = user == null ? Map.of() : Map.of("Authorization", basic(user));
        return RawClient.with(headers, address("ws", path("staff", rest)), "rivet_encoding.json");
    }

    private static void tells(HttpResponse<String> answer, int status, String told) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(told);
    }

    @ParameterizedTest
    @CsvSource({
        ",    who,      401, unauthorized",
        "bob, who,      403, forbidden",
        "ann, who,      200, ann",
        "ann, moderate, 403, forbidden",
        "mod, moderate, 200, mod moderates true",
    })
    void callsAndConnections(String user, String action, int status, String told) throws Exception {
        tells(call(user, "staff", action, ""), status, told);
        RawClient client = open(user, "connect");
        if (status == 200 || "ann".equals(user)) {
            client.await("Init");
            client.call(1, action, "").await("\"tag\":", told);
            client.close();
        } else {
            client.await("close 1011 auth." + told);
        }
    }

    @Test
    void lowLevelRequestsAndSocketsAndNoPasswordInThem() throws Exception {
        tells(send("ann", "GET", path("staff", "request/"), null), 200, "ann {");
        assertThat(send("ann", "GET", path("staff", "request/"), null).body()).doesNotContain("authorization");
        tells(send("bob", "GET", path("staff", "request/"), null), 403, "forbidden");
        RawClient client = open("ann", "websocket/");
        assertThat(client.await("ann true")).doesNotContain("authorization");
        client.close();
        open(null, "websocket/").await("close 1011 auth.unauthorized");
    }

    @Test
    void aWrongPasswordIsNobody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("http", path("staff", "action/who")))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("ann:guess".getBytes()))
                .POST(BodyPublishers.ofString("{\"args\":[]}"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void aLoginThatFailsIsAnErrorAtOnce() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("http", path("staff", "action/who")))
                .header("Authorization", basic("broken"))
                .timeout(SOON)
                .POST(BodyPublishers.ofString("{\"args\":[]}"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("nobody can be asked");
        if (!PAYARA) { // which answers before any page of ours, with nothing
            tells(answer, 500, "\"code\":\"internal_error\"");
        }
    }

    /** Payara itself keeps one for as long as its WebSocket is open. */
    @Test
    void aSessionThatRunsOutClosesItsWebSocketAndNoOther() throws Exception {
        HttpResponse<String> begun = send("ann", "GET", "/desk?do=session&seconds=10&key=" + key, null);
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        Map<String, String> headers = Map.of("Authorization", basic("ann"), "Cookie", cookie);
        RawClient client = RawClient.with(headers, address("ws", path("staff", "connect")), "rivet_encoding.json");
        RawClient other = open("ann", "connect");
        client.await("Init");
        other.await("Init");
        long end = System.nanoTime() + 2 * TIME.toNanos();
        String heard = "";
        while (!heard.startsWith("close") && !heard.startsWith("error")) { // WildFly may cut the line
            assertThat(System.nanoTime()).isLessThan(end);
            heard = client.heard();
        }
        if (PAYARA) {
            assertThat(heard).startsWith("close 1011 auth.logged_out");
        }
        assertThat(other.call(1, "who", "").await("\"tag\":")).contains("ann");
        other.close();
    }

    @ParameterizedTest
    @CsvSource({"bob, 403", ", 401"})
    void whichActorsThereAreIsNotTold(String user, int status) throws Exception {
        assertThat(call("ann", "staff", "who", "").statusCode()).isEqualTo(200);
        String body = "{\"name\":\"staff\",\"key\":\"%s\"}";
        for (String other : List.of(key, UUID.randomUUID().toString())) {
            String query = NAMESPACE + "&name=staff&key=" + other;
            assertThat(send(user, "GET", "/actors" + query, null).statusCode()).isEqualTo(status);
            assertThat(send(user, "PUT", "/actors" + NAMESPACE, body.formatted(other))
                            .statusCode())
                    .isEqualTo(status);
            assertThat(send(user, "POST", "/actors" + NAMESPACE, body.formatted(other))
                            .statusCode())
                    .isEqualTo(status);
            String get = "/gateway/staff/action/who?" + Bystander.query(other).replace("getOrCreate", "get");
            assertThat(send(user, "POST", get, "{\"args\":[]}").statusCode()).isEqualTo(status);
        }
        tells(send("ann", "GET", "/actors" + NAMESPACE + "&name=staff&key=" + key, null), 200, key);
    }

    @Test
    void managementIsForItsRoles() throws Exception {
        assertThat(call("ann", "staff", "who", "").statusCode()).isEqualTo(200);
        String list = "/actors" + NAMESPACE + "&name=staff";
        tells(send(null, "GET", list, null), 401, "unauthorized");
        tells(send("ann", "GET", list, null), 403, "forbidden");
        tells(send("vic", "GET", list, null), 200, key);
        String found = send("ada", "GET", list + "&key=" + key, null).body();
        String id = found.replaceAll("(?s).*\"actor_id\":\"([^\"]+)\".*", "$1");
        String one = "/actors/" + id + NAMESPACE;
        tells(send(null, "DELETE", one, null), 401, "unauthorized");
        tells(send("vic", "DELETE", one, null), 403, "forbidden");
        tells(send("ada", "DELETE", one, null), 200, "{}");
        assertThat(send("ada", "GET", list + "&key=" + key, null).body()).doesNotContain(id);
    }

    @ParameterizedTest
    @CsvSource({
        "ann, call,   ann",
        "ann, typed,  ann",
        "ann, get,    ann",
        "ann, exists, true",
        "bob, call,   auth.forbidden",
        "bob, typed,  auth.forbidden",
        "bob, get,    auth.forbidden",
        "bob, exists, auth.forbidden",
        ",    call,   auth.unauthorized",
        ",    exists, auth.unauthorized",
        "bob, clerk,  clerk",
    })
    void callsOfBeansAreThoseOfWhoIsLoggedIn(String user, String what, String told) throws Exception {
        assertThat(call("ann", "staff", "who", "").statusCode()).isEqualTo(200);
        assertThat(send(user, "GET", "/desk?do=" + what + "&key=" + key, null).body())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "ann, porter, ask,      200, ann",
        "ann, porter, askTyped, 200, ann",
        "bob, porter, ask,      500, internal_error",
        ",    porter, ask,      500, internal_error",
        "ann, clerk,  ask,      200, clerk",
        ",    clerk,  askTyped, 200, clerk",
    })
    void callsOfActorsAreThoseOfTheirCallersOrOfTheRoleThatTheyRunAs(
            String user, String actor, String action, int status, String told) throws Exception {
        tells(call(user, actor, action, "\"" + key + "\""), status, told);
    }

    /** By the security context of Jakarta Security, CDI, and an EJB, which keeps its books closed. */
    private static final String NOBODY = "nobody, nobody, nobody, closed";

    private static String witness(String told) {
        return told.replaceAll("(?s)^.*\\[|\\].*$|\"", "").replaceAll(",(?! )", ", ");
    }

    private String connected(String user, String actor, String action) throws InterruptedException {
        Map<String, String> headers = user == null ? Map.of() : Map.of("Authorization", basic(user));
        RawClient client = RawClient.with(headers, address("ws", path(actor, "connect")), "rivet_encoding.json");
        client.await("Init");
        String answer = client.call(1, action, "").await("\"tag\":");
        client.close();
        return answer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    | nobody, nobody, nobody, closed",
                "ann | ann true, ann, ann true, closed",
                "acc | acc true, acc, acc true, open",
                "bob | bob false, bob, bob false, closed",
            })
    void inATurnSecurityContextAndEjbsKnowItsCaller(String user, String told) throws Exception {
        for (String action : List.of("whoCalls", "whoCallsLater")) {
            assertThat(witness(call(user, "porter", action, "").body())).isEqualTo(told);
            assertThat(witness(connected(user, "porter", action))).isEqualTo(told);
        }
        String other = "\"" + UUID.randomUUID() + "\"";
        assertThat(witness(call(user, "porter", "whoCallsThere", other).body())).isEqualTo(told);
        assertThat(witness(send(user, "GET", path("porter", "request/"), null).body()))
                .isEqualTo(told);
        assertThat(call(user, "porter", "plan", "").statusCode()).isEqualTo(200);
        awaitSeen("porter", told);
    }

    private void awaitSeen(String actor, String told) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        String seen = witness(call(null, actor, "seen", "").body());
        while (!seen.equals(told) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
            seen = witness(call(null, actor, "seen", "").body());
        }
        assertThat(seen).isEqualTo(told);
    }

    @Test
    void ejbsAreCalledAsTheRoleThatAnActorRunsAs() throws Exception {
        assertThat(witness(call("acc", "clerk", "whoCalls", "").body())).isEqualTo("acc true, acc, clerk true, closed");
        assertThat(witness(call(null, "clerk", "whoCalls", "").body())).isEqualTo("nobody, nobody, clerk true, closed");
        String other = "\"" + UUID.randomUUID() + "\"";
        assertThat(witness(call("acc", "clerk", "whoCallsThere", other).body()))
                .as("a porter that a clerk calls")
                .isEqualTo("clerk true, clerk, clerk true, closed");
        assertThat(call(null, "clerk", "plan", "").statusCode()).isEqualTo(200);
        awaitSeen("clerk", "clerk true, clerk, clerk true, closed");
    }

    @Test
    void nothingOfACallerIsLeftForTheNextTurnOrOutsideOfTurns() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertThat(call("acc", "porter", "breakDown", "").statusCode()).isEqualTo(500);
            assertThat(witness(call(null, "porter", "whoCalls", "").body())).isEqualTo(NOBODY);
        }
        String other = "\"" + UUID.randomUUID() + "\"";
        call("acc", "porter", "hire", "");
        assertThat(call("ann", "porter", "whoCallsInHiredThread", "").body()).contains("nobody closed");
        String outside = witness(call("acc", "porter", "whoCallsOutside", other).body());
        assertThat(outside).startsWith("nobody").endsWith("nobody, closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann | ann true, ann, ann true, closed",
                "acc | acc true, acc, acc true, open",
                "    | nobody, nobody, nobody, closed",
            })
    void outsideOfTurnsTheServerAnswersAsEver(String user, String told) throws Exception {
        assertThat(witness(
                        send(user, "GET", "/desk?do=witness&key=" + key, null).body()))
                .isEqualTo(told);
    }
}
