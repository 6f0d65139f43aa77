package org.thespis.gateway;

import jakarta.websocket.server.HandshakeRequest;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thespis.api.Undefined;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.Caller;

/**
 * What a client said when it opened a WebSocket.
 *
 * @param path not decoded
 * @param query not decoded, may be null
 * @param protocols the subprotocols that were offered
 * @param origin the origin of the page, or null
 * @param host the host that was asked, or null
 */
record Handshake(String path, String query, List<String> protocols, Caller caller, String origin, String host) {

    static final String PROTOCOL = "rivet";

    private static final String ENCODING = "rivet_encoding.";
    private static final String PARAMETERS = "rivet_conn_params.";

    static Handshake of(HandshakeRequest request) {
        String uri = request.getRequestURI().toString(); // WildFly's includes the query, Payara's does not
        int end = uri.indexOf('?');
        Map<String, List<String>> headers = request.getHeaders();
        List<String> protocols = new ArrayList<>();
        for (String line : headers.getOrDefault(HandshakeRequest.SEC_WEBSOCKET_PROTOCOL, List.of())) {
            for (String token : line.split(",")) {
                protocols.add(token.trim());
            }
        }
        Principal user = request.getUserPrincipal();
        return new Handshake(
                end < 0 ? uri : uri.substring(0, end),
                request.getQueryString(),
                protocols,
                user == null ? Caller.ANONYMOUS : new Caller(user.getName()),
                first(headers.get("Origin")),
                first(headers.get("Host")));
    }

    private static String first(List<String> values) {
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The encoding that was asked for; json if none was. */
    WireCodec codec() {
        String name = value(ENCODING).orElse(WireCodec.JSON.name());
        return WireCodec.of(name).orElseThrow(Guard::unsupportedEncoding);
    }

    /** The connection parameters, a plain value. */
    Object parameters(GatewaySettings settings) {
        Optional<String> raw = value(PARAMETERS);
        if (raw.isEmpty()) {
            return Undefined.UNDEFINED;
        }
        return readParameters(QueryString.decode(raw.get(), false), settings);
    }

    /** Reads connection parameters in JSON. */
    static Object readParameters(String json, GatewaySettings settings) {
        if (json.getBytes(StandardCharsets.UTF_8).length > settings.maxParameters()) {
            throw Guard.invalidConnectionParameters("more than " + settings.maxParameters() + " bytes");
        }
        try {
            return PlainCodec.readJson(json);
        } catch (MalformedMessageException e) {
            throw Guard.invalidConnectionParameters(e.getMessage());
        }
    }

    private Optional<String> value(String prefix) {
        return protocols.stream()
                .filter(p -> p.startsWith(prefix))
                .map(p -> p.substring(prefix.length()))
                .findFirst();
    }
}
