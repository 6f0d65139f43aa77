package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thespis.api.ActorRequest;
import org.thespis.api.Undefined;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;

/** Stateless actions and low-level HTTP requests. */
@WebServlet(urlPatterns = "/gateway/*", asyncSupported = true)
public class GatewayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Gateway gateway;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            GatewayPath path = GatewayPath.parse(request.getRequestURI());
            switch (path.kind()) {
                case "action" -> action(path, request);
                case "request" -> request(path, request);
                default -> throw Guard.noRoute();
            }
        } catch (ActorException e) {
            JsonAnswers.fail(response, e.error());
        }
    }

    private void action(GatewayPath path, HttpServletRequest request) throws IOException {
        if (!request.getMethod().equals("POST")) {
            throw Guard.methodNotAllowed();
        }
        if (path.rest().length() < 2) {
            throw Guard.noRoute();
        }
        WireCodec codec = codec(request);
        String key = idempotencyKey(request);
        Object parameters = parameters(request);
        String action = QueryString.decode(path.rest().substring(1), false);
        List<Object> arguments =
                arguments(codec, JsonAnswers.body(request, gateway.settings().maxBody()));
        QueryString query = QueryString.parse(request.getQueryString());
        Relay relay = gateway.relay();
        Addressee actor = addressee(path, query, relay);
        HttpExchange exchange = exchange(request, codec, actor.actorId());
        ask(actor, new Command.CallOnce(exchange.id(), parameters, caller(request), action, arguments, key));
    }

    private void request(GatewayPath path, HttpServletRequest request) throws IOException {
        Object parameters = parameters(request);
        QueryString query = QueryString.parse(request.getQueryString());
        String subPath = path.rest().isEmpty() ? "/" : QueryString.decode(path.rest(), false);
        ActorRequest forActor = new ActorRequest(
                request.getMethod(),
                subPath,
                query.ofCaller(),
                headers(request),
                JsonAnswers.body(request, gateway.settings().maxBody()));
        Relay relay = gateway.relay();
        Addressee actor = addressee(path, query, relay);
        HttpExchange exchange = exchange(request, WireCodec.JSON, actor.actorId());
        ask(actor, new Command.Request(exchange.id(), parameters, caller(request), forActor));
    }

    private Addressee addressee(GatewayPath path, QueryString query, Relay relay) {
        ActorAddress address = ActorAddress.parse(path.target(), query, gateway.settings());
        return new Addressee(relay, gateway.registry(), address.resolve(relay));
    }

    /** In another thread: the servers hold an answer back until the servlet has returned, so a turn must not block it. */
    private void ask(Addressee actor, Command command) {
        try {
            gateway.executor().execute(() -> actor.ask(command));
        } catch (RuntimeException e) { // all threads are busy, or this one may start none
            actor.ask(command);
        }
    }

    private HttpExchange exchange(HttpServletRequest request, WireCodec codec, String actorId) {
        AsyncContext async = request.startAsync();
        return new HttpExchange(async, gateway.registry(), codec, actorId, gateway.settings());
    }

    private String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isBlank() || key.length() > gateway.settings().maxNameSize())) {
            throw Guard.invalidRequest("Idempotency-Key is blank or too long");
        }
        return key;
    }

    private static WireCodec codec(HttpServletRequest request) {
        String name = request.getHeader("x-rivet-encoding");
        return name == null ? WireCodec.JSON : WireCodec.of(name).orElse(WireCodec.JSON);
    }

    private Object parameters(HttpServletRequest request) {
        String json = request.getHeader("x-rivet-conn-params");
        return json == null ? Undefined.UNDEFINED : Handshake.readParameters(json, gateway.settings());
    }

    private static List<Object> arguments(WireCodec codec, byte[] body) {
        try {
            return codec.decodeArguments(body);
        } catch (MalformedMessageException e) {
            throw Guard.invalidRequest(e.getMessage());
        }
    }

    private static Caller caller(HttpServletRequest request) {
        return request.getUserPrincipal() == null
                ? Caller.ANONYMOUS
                : new Caller(request.getUserPrincipal().getName());
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(Collections.list(request.getHeaders(name))));
        }
        return headers;
    }
}
