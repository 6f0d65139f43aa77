package org.thespis.gateway;

import jakarta.websocket.server.HandshakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thespis.api.Undefined;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.QueryString;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.WireCodec;

/**
 * What a client said when it opened a WebSocket.
 *
 * @param visit the checks that were made; null if the server asked nobody
 * @param query not decoded, may be null
 * @param protocols the subprotocols that were offered
 */
record Handshake(Visit visit, String query, List<String> protocols) {

    static final String PROTOCOL = "rivet";

    /** What a subprotocol that carries a token starts with. */
    static final String TOKEN = "rivet_token.";

    /** What a client offers, as a subprotocol, that wants to give its calls keys. */
    static final String KEYED_CALLS = "thespis_keyed_calls";

    /** What clients may offer beyond the protocol of RivetKit; {@code /metadata} names them, too. */
    static final List<String> EXTENSIONS = List.of(KEYED_CALLS, Renewal.OFFER);

    private static final String ENCODING = "rivet_encoding.";
    static final String PARAMETERS = "rivet_conn_params.";

    /** @param visit the request behind it */
    static Handshake of(HandshakeRequest request, Visit visit) {
        Map<String, List<String>> headers = request.getHeaders();
        return new Handshake(
                visit,
                request.getQueryString(),
                protocols(headers.getOrDefault(HandshakeRequest.SEC_WEBSOCKET_PROTOCOL, List.of())));
    }

    /** Splits the lines of the header of subprotocols. */
    static List<String> protocols(List<String> lines) {
        List<String> protocols = new ArrayList<>();
        for (String line : lines) {
            for (String token : line.split(",")) {
                protocols.add(token.trim());
            }
        }
        return protocols;
    }

    /** The encoding that was asked for; json if none was. */
    WireCodec codec() {
        String name = value(ENCODING).orElse(WireCodec.JSON.name());
        return WireCodec.of(name).orElseThrow(GatewayErrors::unsupportedEncoding);
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
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        requireShort(length, maxParameters(settings));
        try {
            Object parameters = PlainCodec.readJson(json);
            String token = Presented.in(parameters, settings).orElse("");
            requireShort(length - token.length(), settings.sizes().parameters());
            return Presented.without(parameters, settings);
        } catch (MalformedMessageException e) {
            throw GatewayErrors.invalidConnectionParameters(e.getMessage());
        }
    }

    private static void requireShort(int length, int max) {
        if (length > max) {
            throw GatewayErrors.invalidConnectionParameters("more than " + max + " bytes");
        }
    }

    /** Bytes of connection parameters, with the token that may be among them. */
    static int maxParameters(GatewaySettings settings) {
        int own = settings.sizes().parameters();
        return settings.tokens().parameter().isEmpty()
                ? own
                : own + settings.tokens().maxBytes();
    }

    private Optional<String> value(String prefix) {
        return protocols.stream()
                .filter(p -> p.startsWith(prefix))
                .map(p -> p.substring(prefix.length()))
                .findFirst();
    }
}
