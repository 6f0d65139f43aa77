package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;

/** A Keycloak of one's own with the realm of {@code server-config/keycloak}. */
final class KeycloakProcess implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", ""));
    private static final String ADMIN = "admin";
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = ServerProcess.freePort();
    private Process process;

    /** One that answers. */
    static KeycloakProcess started() throws InterruptedException {
        KeycloakProcess keycloak = new KeycloakProcess();
        keycloak.start();
        keycloak.awaitStart();
        return keycloak;
    }

    private void start() {
        clear();
        process = Commands.in(HOME)
                .env("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN)
                .env("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN)
                .env("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m")
                .start(
                        Report.folder("logs").resolve("keycloak.log"),
                        List.of(
                                HOME.resolve("bin/kc.sh").toString(),
                                "start-dev",
                                "--import-realm",
                                "--cache=local",
                                "--http-host=127.0.0.1",
                                "--http-port=" + port));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // if the deployment fails nobody else ends it
    }

    /** What a run before has left. */
    private static void clear() {
        Path data = HOME.resolve("data");
        try {
            if (Files.exists(data)) {
                try (Stream<Path> files = Files.walk(data)) {
                    for (Path file :
                            files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Path imported = Files.createDirectories(data.resolve("import"));
            Files.copy(
                    Node.ROOT.resolve("server-config/keycloak/thespis-realm.json"),
                    imported.resolve("thespis-realm.json"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/thespis";
    }

    String keys() {
        return issuer() + "/protocol/openid-connect/certs";
    }

    private void awaitStart() throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!answers()) {
            assertThat(process.isAlive()).as("Keycloak ended, see keycloak.log").isTrue();
            assertThat(System.nanoTime())
                    .as("Keycloak did not start within " + START)
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(URI.create(issuer())).GET()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A token by direct grant; passwords are names. */
    String token(String client, String user) throws InterruptedException {
        return token(
                issuer(), Map.of("grant_type", "password", "client_id", client, "username", user, "password", user));
    }

    /** A token of a program on its own. */
    String serviceToken() throws InterruptedException {
        return token(
                issuer(),
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "thespis-service",
                        "client_secret",
                        "change-me"));
    }

    private String token(String issuer, Map<String, String> form) throws InterruptedException {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return (String) ((Map<?, ?>) PlainCodec.readJson(answer.body())).get("access_token");
        } catch (MalformedMessageException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /** Signs by a new key from now on. */
    void rotate() throws InterruptedException {
        administer(
                "POST",
                "/components",
                """
                {"name":"next","providerId":"rsa-generated","providerType":"org.keycloak.keys.KeyProvider",
                 "config":{"priority":["1000"],"enabled":["true"],"active":["true"],"keySize":["2048"]}}""");
    }

    /** Gives tokens that live so long from now on. */
    void lifespan(int seconds) throws InterruptedException {
        administer("PUT", "", "{\"realm\":\"thespis\",\"accessTokenLifespan\":" + seconds + "}");
    }

    /** Tells that server who logs out from now on. */
    void tellsLogOutsTo(String address) throws InterruptedException {
        for (String client : List.of("thespis", "thespis-program")) {
            administer(
                    "PUT",
                    "/clients/" + id("/clients?clientId=" + client),
                    "{\"clientId\":\"" + client + "\",\"attributes\":{\"backchannel.logout.url\":\"" + address
                            + "\"}}");
        }
    }

    /** Ends all sessions of a user. */
    void logOut(String user) throws InterruptedException {
        administer("POST", "/users/" + id("/users?exact=true&username=" + user) + "/logout", "");
    }

    /** The id of the only one that is found there. */
    private String id(String path) throws InterruptedException {
        try {
            List<?> found =
                    (List<?>) PlainCodec.readJson(administer("GET", path, "").body());
            assertThat(found).hasSize(1);
            return (String) ((Map<?, ?>) found.get(0)).get("id");
        } catch (MalformedMessageException e) {
            throw new AssertionError(path, e);
        }
    }

    private HttpResponse<String> administer(String method, String path, String body) throws InterruptedException {
        String token = token(
                "http://127.0.0.1:" + port + "/realms/master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN));
        URI address = URI.create("http://127.0.0.1:" + port + "/admin/realms/thespis" + path);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            Commands.end(process);
        }
    }
}
