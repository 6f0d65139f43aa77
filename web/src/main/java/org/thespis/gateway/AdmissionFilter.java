package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.thespis.api.ActorResponse;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.QueryString;
import org.thespis.runtime.message.ActorException;

/**
 * Makes the first checks of all requests: limits, host, origin, path. Pages of allowed origins may read the answers, errors
 * included. Addresses that are no URI are refused: Payara takes a WebSocket at such an address in and then forgets it, with
 * the client waiting for ever.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AdmissionFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String MAX_AGE_SECONDS = "600";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}=="); // 16 bytes

    @Inject
    transient GatewayServices gateway;

    @Override
    protected void doFilter(HttpServletRequest came, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = UserSessions.unlessLoggedOut(came, gateway.tokens());
        Login.noteUse(request);
        Visit visit;
        try {
            requireUri(request);
            visit = Visit.make(request, gateway.admission(), gateway.callers(), gateway.running());
        } catch (ActorException e) {
            HttpExchange.begin(gateway, request, response).refuse(e.error());
            return;
        }
        if (Visit.isUpgrade(request)) {
            if (!isHandshake(request) || BodyReader.isEarly(request)) {
                ActorException wrong = GatewayErrors.invalidRequest("no handshake of a WebSocket");
                HttpExchange.begin(gateway, request, response).answer(Answers.error(wrong.error()));
                return;
            }
            visit.opening(() -> chain.doFilter(new UpgradeRequest(request), response));
            if (response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                Visit.forget(request);
            }
            return;
        }
        response.addHeader("Vary", "Origin");
        if (visit.refusal() != null) {
            HttpExchange.begin(gateway, request, response).refuse(visit.refusal());
        } else if (Visit.isPreflight(request)) {
            HttpExchange.begin(gateway, request, response).answerAfterBody(preflight(request));
        } else {
            if (!Visit.leadsToActors(visit.path())) {
                Visit.allowOrigin(request, response); // somebody else may answer
            }
            chain.doFilter(request, response);
        }
    }

    /** RFC 6455, section 4.2.1; Payara makes of others an error of its own, or forgets them. */
    private static boolean isHandshake(HttpServletRequest request) {
        String key = request.getHeader("Sec-WebSocket-Key");
        String connection = String.join(",", Collections.list(request.getHeaders("Connection")));
        return request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && KEY.matcher(key == null ? "" : key.trim()).matches()
                && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }

    private static void requireUri(HttpServletRequest request) {
        String query = request.getQueryString();
        try {
            URI.create(query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
            QueryString.parse(query);
        } catch (ActorException | IllegalArgumentException e) {
            throw GatewayErrors.invalidParameters("not a URI");
        }
    }

    private static ActorResponse preflight(HttpServletRequest request) {
        String headers = request.getHeader("Access-Control-Request-Headers");
        ActorResponse answer = new ActorResponse(
                HttpServletResponse.SC_NO_CONTENT,
                Map.of(
                        "Access-Control-Allow-Methods",
                        "GET, POST, PUT, DELETE, OPTIONS, PATCH",
                        "Access-Control-Max-Age",
                        MAX_AGE_SECONDS),
                new byte[0]);
        return headers == null ? answer : answer.header("Access-Control-Allow-Headers", headers);
    }
}
