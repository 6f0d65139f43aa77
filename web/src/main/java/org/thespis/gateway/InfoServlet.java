package org.thespis.gateway;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.thespis.api.ActorResponse;
import org.thespis.gateway.admission.GatewayErrors;

/**
 * Says what runs here ({@code /metadata}) and whether it does ({@code /health}), serves the client for browsers ({@code
 * /thespis.js}), hears of log-outs ({@link BackChannel}), and answers where nothing else does: in place of the server's own servlet for files, which lets a worker wait
 * for the body of a request that it refuses. {@code /health} by its name, too: else Payara answers there, and always that all is well.
 */
@WebServlet(
        urlPatterns = {"/", "/health"},
        asyncSupported = true)
public class InfoServlet extends AsyncServlet {

    private static final long serialVersionUID = 1L;
    private static final String CLIENT = "/thespis.js"; // of thespis-browser in WEB-INF/lib

    /** The name of a servlet that sends browsers to a login and back to {@code ?to=}, where there is one. */
    private static final String LOGIN = "login";

    private transient byte[] client;

    @Override
    public void init() {
        try (InputStream in = getServletContext().getResourceAsStream(CLIENT)) {
            client = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void handle(HttpExchange exchange, Visit visit) {
        if (gateway.settings().tokens().isLogOut(visit.path())) {
            new BackChannel(gateway).handle(exchange);
            return;
        }
        exchange.answerAfterBody(
                switch (visit.path()) {
                    case "/metadata" -> ok(metadata());
                    case "/health" -> {
                        if (!gateway.relay().isReady()) {
                            throw GatewayErrors.unavailable();
                        }
                        yield ok(Map.of("status", "ok"));
                    }
                    case CLIENT -> ActorResponse.bytes(client)
                            .header("content-type", "text/javascript; charset=utf-8")
                            .header("cache-control", "no-cache");
                    case "/" -> home(exchange.request().getQueryString());
                    default -> throw GatewayErrors.noRoute();
                });
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata =
                new HashMap<>(Map.of("runtime", "thespis", "protocol", 4L, "extensions", Handshake.EXTENSIONS));
        ServletRegistration login = getServletContext().getServletRegistration(LOGIN);
        if (login != null) {
            login.getMappings().stream().findFirst().ifPresent(path -> metadata.put(LOGIN, path));
        }
        return metadata;
    }

    private static ActorResponse ok(Object plain) {
        return Answers.of(HttpServletResponse.SC_OK, plain);
    }

    private ActorResponse home(String query) {
        String page = gateway.settings().homePage();
        if (page.isEmpty()) {
            throw GatewayErrors.noRoute();
        }
        byte[] link = "<!doctype html><title>Thespis</title><a href=\"%s\">%1$s</a>"
                .formatted(page)
                .getBytes(StandardCharsets.UTF_8);
        return new ActorResponse(
                HttpServletResponse.SC_FOUND,
                Map.of(
                        "location",
                        query == null ? page : page + "?" + query,
                        "content-type",
                        "text/html; charset=utf-8"),
                link);
    }
}
