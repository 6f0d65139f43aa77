package org.thespis.gateway;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.thespis.api.ActorRequest;
import org.thespis.api.Undefined;
import org.thespis.gateway.admission.ActorAddress;
import org.thespis.gateway.admission.Admitted;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewayPath;
import org.thespis.gateway.admission.Purpose;
import org.thespis.gateway.admission.QueryString;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Command;

/** Stateless actions and low-level HTTP requests. */
@WebServlet(urlPatterns = "/gateway/*", asyncSupported = true)
public class GatewayServlet extends AsyncServlet {

    private static final long serialVersionUID = 1L;

    @Override
    void handle(HttpExchange exchange, Visit visit) {
        GatewayPath path = GatewayPath.parse(visit.path());
        switch (path.kind()) {
            case "action" -> action(exchange, visit, path);
            case "request" -> request(exchange, visit, path);
            default -> throw GatewayErrors.noRoute();
        }
    }

    private void action(HttpExchange exchange, Visit visit, GatewayPath path) {
        HttpServletRequest request = exchange.request();
        if (!request.getMethod().equals("POST")) {
            throw GatewayErrors.methodNotAllowed();
        }
        String action = action(path);
        Object parameters = parameters(request);
        String key = idempotencyKey(request);
        WireCodec codec = codec(request);
        Relay relay = gateway.relay();
        Admitted admitted = admit(visit, path, query(request), new Purpose.Call(action), relay);
        exchange.read(maxBody(admitted, relay), body -> {
            List<Object> arguments = arguments(codec, body);
            ask(
                    exchange,
                    codec,
                    admitted,
                    relay,
                    visit,
                    parameters,
                    id -> new Command.CallOnce(
                            id,
                            parameters,
                            admitted.caller(),
                            action,
                            arguments,
                            key,
                            CallChain.EMPTY,
                            visit.request()));
        });
    }

    private void request(HttpExchange exchange, Visit visit, GatewayPath path) {
        HttpServletRequest request = exchange.request();
        Object parameters = parameters(request);
        QueryString query = query(request);
        String method = request.getMethod();
        Relay relay = gateway.relay();
        Admitted admitted = admit(visit, path, query, new Purpose.Request(), relay);
        Map<String, List<String>> headers =
                ClientRequests.headers(request, admitted.caller().name() != null);
        exchange.read(maxBody(admitted, relay), body -> {
            ActorRequest forActor = new ActorRequest(method, path.subPath(), query.ofCaller(), headers, body);
            ask(
                    exchange,
                    WireCodec.JSON,
                    admitted,
                    relay,
                    visit,
                    parameters,
                    id -> new Command.Request(id, parameters, admitted.caller(), forActor, visit.request()));
        });
    }

    private int maxBody(Admitted admitted, Relay relay) {
        return gateway.settings().of(relay.limits(admitted.type())).sizes().body();
    }

    private Admitted admit(Visit visit, GatewayPath path, QueryString query, Purpose purpose, Relay relay) {
        ActorAddress address = ActorAddress.parse(path.target(), query, gateway.settings());
        return gateway.admission().admit(visit.head(), visit.page(), visit.quota(), address, purpose, relay);
    }

    @FunctionalInterface
    private interface Asking {
        Command of(String clientId);
    }

    /** The client is known before its actor is created, so that the actor's type can be asked about it. */
    private void ask(
            HttpExchange exchange,
            WireCodec codec,
            Admitted admitted,
            Relay relay,
            Visit visit,
            Object parameters,
            Asking asking) {
        ActorExchange client = new ActorExchange(exchange, codec, gateway);
        String actorId = admitted.actor(relay, admitted.input(), client.id(), parameters, visit.request());
        client.answeredBy(actorId);
        new Addressee(relay, gateway.registry(), actorId, null).ask(asking.of(client.id()));
    }

    private String action(GatewayPath path) {
        if (path.rest().length() < 2) {
            throw GatewayErrors.noRoute();
        }
        String action = path.rest().substring(1);
        int max = gateway.settings().sizes().name();
        if (action.getBytes(StandardCharsets.UTF_8).length > max) {
            throw GatewayErrors.nameTooLong(max);
        }
        return action;
    }

    private String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null
                && (key.isBlank() || key.length() > gateway.settings().sizes().name())) {
            throw GatewayErrors.invalidRequest("Idempotency-Key is blank or too long");
        }
        return key;
    }

    private static QueryString query(HttpServletRequest request) {
        return QueryString.parse(request.getQueryString());
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
            throw GatewayErrors.invalidRequest(e.getMessage());
        }
    }
}
