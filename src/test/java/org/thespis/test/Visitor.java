package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: it keeps cookies, and goes where it is sent step by step. */
final class Visitor {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern HIDDEN = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final int MAX_STEPS = 10;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIME)
            .build(); // which goes nowhere by itself

    private final URI server;
    private final String context;
    private final Map<String, Map<String, String>> cookies = new HashMap<>(); // by host and port

    Visitor(URI server) {
        this(server, "");
    }

    /** @param context what paths of that server begin with */
    Visitor(URI server, String context) {
        this.server = server;
        this.context = context;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(server.resolve(context + path), "GET", BodyPublishers.noBody());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(server.resolve(context + path), "POST", BodyPublishers.ofString(json));
    }

    HttpResponse<String> submit(URI address, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                address, "POST", BodyPublishers.ofString(body), "Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> send(URI address, String method, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIME).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        String kept = cookies(address);
        if (!kept.isEmpty()) {
            request.header("Cookie", kept);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        Map<String, String> own = cookies.computeIfAbsent(address.getAuthority(), a -> new TreeMap<>());
        for (String line : answer.headers().allValues("Set-Cookie")) {
            HttpCookie cookie = HttpCookie.parse(line).get(0);
            if (cookie.getMaxAge() == 0) {
                own.remove(cookie.getName());
            } else {
                own.put(cookie.getName(), cookie.getValue());
            }
        }
        return answer;
    }

    private String cookies(URI address) {
        return cookies.getOrDefault(address.getAuthority(), Map.of()).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The cookies of the server, for a handshake. */
    Map<String, String> headers() {
        return Map.of("Cookie", cookies(server));
    }

    /** The value of the session's cookie. */
    String session() {
        return cookies.get(server.getAuthority()).get("JSESSIONID");
    }

    /** Where the answer sends the browser to. */
    static URI next(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    /** Goes on until it is sent nowhere. */
    HttpResponse<String> follow(HttpResponse<String> answer) throws IOException, InterruptedException {
        HttpResponse<String> last = answer;
        for (int i = 0; i < MAX_STEPS && last.statusCode() == 302; i++) {
            last = go(next(last));
        }
        return last;
    }

    HttpResponse<String> go(URI address) throws IOException, InterruptedException {
        return send(address, "GET", BodyPublishers.noBody());
    }

    /** Begins a login. @return the form of Keycloak */
    HttpResponse<String> ask(String to) throws IOException, InterruptedException {
        return follow(get("/login?to=" + to));
    }

    /** Fills the form of Keycloak; passwords are names. @return what sends the browser back to the server */
    HttpResponse<String> fill(HttpResponse<String> form, String user) throws IOException, InterruptedException {
        return submit(action(form), Map.of("username", user, "password", user));
    }

    /** Logs in, and goes on to where it was asked to go. */
    Visitor login(String user) throws IOException, InterruptedException {
        HttpResponse<String> last = follow(fill(ask("/metadata"), user));
        assertThat(last.uri().getPath()).as(last.body()).isEqualTo(context + "/metadata");
        return this;
    }

    /** The address to which a page submits its form. */
    static URI action(HttpResponse<String> page) {
        Matcher matcher = ACTION.matcher(page.body());
        assertThat(matcher.find()).as(page.body()).isTrue();
        return page.uri().resolve(matcher.group(1).replace("&amp;", "&"));
    }

    /** The hidden fields of the form of a page. */
    static Map<String, String> hidden(HttpResponse<String> page) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = HIDDEN.matcher(page.body());
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        return fields;
    }
}
