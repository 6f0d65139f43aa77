package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.QueryString;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.runtime.message.ActorException;

/**
 * The token that came with a request, wherever it may be. Never in the address, which is logged. Used by the thread that serves the
 * request.
 */
final class Presented {

    private static final String BEARER = "Bearer ";

    private final HttpServletRequest request;
    private final GatewaySettings settings;
    private Optional<String> forUs; // null until somebody asks: parameters are long

    Presented(HttpServletRequest request, GatewaySettings settings) {
        this.request = request;
        this.settings = settings;
    }

    /** Looked for in this order: {@code Authorization}, {@code x-rivet-token}, subprotocol, connection parameter. */
    Optional<String> token() {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).trim());
        }
        return forUs();
    }

    /** One that can be for nobody but Thespis: the server may have looked at {@code Authorization}. */
    Optional<String> forUs() {
        if (forUs == null) {
            forUs = findForUs();
        }
        return forUs;
    }

    private Optional<String> findForUs() {
        String header = request.getHeader("x-rivet-token");
        String own = header == null ? offered(Handshake.TOKEN) : header;
        return own == null ? inParameters() : Optional.of(own);
    }

    private String offered(String prefix) {
        return Handshake.protocols(Collections.list(request.getHeaders("Sec-WebSocket-Protocol"))).stream()
                .filter(protocol -> protocol.startsWith(prefix))
                .map(protocol -> protocol.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    private Optional<String> inParameters() {
        if (settings.tokens().parameter().isEmpty()) {
            return Optional.empty();
        }
        String header = request.getHeader("x-rivet-conn-params");
        String offered = header == null ? offered(Handshake.PARAMETERS) : null;
        try {
            String json = offered == null ? header : QueryString.decode(offered, false);
            if (json == null || json.length() > Handshake.maxParameters(settings)) {
                return Optional.empty(); // who reads them says so
            }
            return in(PlainCodec.readJson(json), settings);
        } catch (MalformedMessageException | ActorException e) {
            return Optional.empty(); // the same
        }
    }

    /** The token in connection parameters. */
    static Optional<String> in(Object parameters, GatewaySettings settings) {
        String name = settings.tokens().parameter();
        return !name.isEmpty() && parameters instanceof Map<?, ?> map && map.get(name) instanceof String token
                ? Optional.of(token)
                : Optional.empty();
    }

    /** Connection parameters without the token: no actor, and nothing that shows what an actor sees, gets it. */
    static Object without(Object parameters, GatewaySettings settings) {
        String name = settings.tokens().parameter();
        if (name.isEmpty() || !(parameters instanceof Map<?, ?> map) || !map.containsKey(name)) {
            return parameters;
        }
        Map<Object, Object> rest = new LinkedHashMap<>(map);
        rest.remove(name);
        return rest;
    }
}
