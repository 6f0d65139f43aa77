package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.thespis.api.ActorResponse;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.QueryString;
import org.thespis.gateway.token.LogOut;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** Hears from issuers who has logged out there, and ends what came with it: OpenID Connect Back-Channel Logout 1.0. */
final class BackChannel {

    private static final Logger LOG = System.getLogger(BackChannel.class.getName());

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TOKEN = "logout_token";

    /** For what else is in the form. */
    private static final int MORE_BYTES = 4_096;

    private final GatewayServices gateway;

    BackChannel(GatewayServices gateway) {
        this.gateway = gateway;
    }

    /** @throws ActorException if it is no form that can be read */
    void handle(HttpExchange exchange) {
        HttpServletRequest request = exchange.request();
        if (!request.getMethod().equals("POST")) {
            throw GatewayErrors.methodNotAllowed();
        }
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        long length = request.getContentLengthLong();
        if (!type.startsWith(FORM)
                || length < 0
                || length > gateway.settings().tokens().maxBytes() + MORE_BYTES) {
            throw GatewayErrors.invalidRequest("a form with a length is needed");
        }
        exchange.read(body -> exchange.answer(answer(request, body)));
    }

    private ActorResponse answer(HttpServletRequest request, byte[] body) {
        try {
            end(gateway.tokens().logOut(token(request, body)));
            return uncached(new ActorResponse(HttpServletResponse.SC_OK, Map.of(), new byte[0]));
        } catch (ActorException e) {
            return uncached(failure(e.error()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a log-out could not be handled", e);
            return uncached(failure(ActorError.internal()));
        }
    }

    /** Jakarta Security on Payara may have read the form before anything here was asked. */
    private static String token(HttpServletRequest request, byte[] body) {
        String token = body.length == 0
                ? request.getParameter(TOKEN)
                : QueryString.parse(new String(body, StandardCharsets.UTF_8)).first(TOKEN);
        if (token == null) {
            throw GatewayErrors.invalidRequest(TOKEN + " is missing");
        }
        return token;
    }

    private void end(LogOut logOut) {
        for (Client client : gateway.registry().clients()) {
            if (client instanceof SocketClient socket && socket.isEndedBy(logOut)) {
                safely(socket);
            }
        }
    }

    /** What goes wrong with one client must not reach others. */
    private static void safely(SocketClient socket) {
        try {
            socket.loggedOut();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "closing a WebSocket of a user who has logged out failed", e);
        }
    }

    /** Section 2.8; whatever was wrong is 400. */
    private static ActorResponse failure(ActorError error) {
        return Answers.of(
                HttpServletResponse.SC_BAD_REQUEST,
                Map.of("error", "invalid_request", "error_description", error.reason()));
    }

    private static ActorResponse uncached(ActorResponse response) {
        return response.header("cache-control", "no-store");
    }
}
