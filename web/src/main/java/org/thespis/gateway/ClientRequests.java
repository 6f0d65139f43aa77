package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.QueryString;
import org.thespis.runtime.message.PackedRequest;

/**
 * What of a request its actor is shown: no credential that somebody here has looked at. What an author keeps, prints or sends on
 * by mistake then opens no door.
 */
final class ClientRequests {

    private static final String AUTHORIZATION = "authorization";
    private static final String COOKIE = "cookie";

    /** The last two may have a token among other things. */
    private static final Set<String> CREDENTIALS =
            Set.of("x-rivet-token", "proxy-authorization", "x-rivet-conn-params", "sec-websocket-protocol");

    /** What carries a connection, and says nothing of who opens it. */
    private static final Set<String> OF_LINE = Set.of("connection", "upgrade", "x-rivet-encoding", "content-length");

    private static final String OF_WEB_SOCKETS = "sec-websocket-";

    /** As the servers call them if nobody says otherwise: of sessions, of Single Sign-On, of Jakarta Security's remember-me. */
    private static final Set<String> SESSIONS = Set.of("JSESSIONID", "JSESSIONIDSSO", "JREMEMBERMEID");

    private ClientRequests() {}

    /**
     * The request as its actor may see it.
     *
     * @throws org.thespis.runtime.message.ActorException {@code guard.request_head_too_large}
     */
    static PackedRequest pack(
            HttpServletRequest request, String path, String remoteAddress, boolean known, int maxBytes) {
        Map<String, List<String>> headers = headers(request, known);
        headers.keySet().removeIf(name -> OF_LINE.contains(name) || name.startsWith(OF_WEB_SOCKETS));
        Map<String, List<String>> query =
                QueryString.parse(request.getQueryString()).ofCaller();
        return PackedRequest.of(path, remoteAddress, query, headers, maxBytes)
                .orElseThrow(() -> GatewayErrors.requestHeadTooLarge(maxBytes, PackedRequest.MAX_FIELDS));
    }

    /**
     * The header fields by names in small letters, without credentials.
     *
     * @param known whether it is known who calls; then {@code Authorization} has been looked at
     */
    static Map<String, List<String>> headers(HttpServletRequest request, boolean known) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String given : Collections.list(request.getHeaderNames())) {
            String name = given.toLowerCase(Locale.ROOT);
            if (!headers.containsKey(name) && !CREDENTIALS.contains(name) && !(known && name.equals(AUTHORIZATION))) {
                headers.put(name, new ArrayList<>(Collections.list(request.getHeaders(given))));
            }
        }
        List<String> cookies = headers.get(COOKIE);
        if (cookies != null) {
            cookies.replaceAll(line -> withoutSessions(line, sessionCookie(request)));
            cookies.removeIf(String::isEmpty);
            headers.values().removeIf(List::isEmpty);
        }
        return headers;
    }

    private static String sessionCookie(HttpServletRequest request) {
        String name = request.getServletContext().getSessionCookieConfig().getName();
        return name == null ? "JSESSIONID" : name;
    }

    private static String withoutSessions(String line, String session) {
        return List.of(line.split(";")).stream()
                .map(String::trim)
                .filter(pair -> !isSession(pair.split("=", 2)[0].trim(), session))
                .collect(Collectors.joining("; "));
    }

    private static boolean isSession(String name, String session) {
        return name.equals(session) || SESSIONS.contains(name);
    }
}
