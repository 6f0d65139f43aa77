package org.thespis.gateway;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.thespis.api.ActorResponse;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.runtime.message.ActorError;

/** The error page of everything that the server itself refuses or fails at: JSON, and nothing of how the server is made. */
@WebServlet(urlPatterns = ErrorServlet.PATH, asyncSupported = true)
public class ErrorServlet extends AsyncServlet {

    static final String PATH = "/error";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(ErrorServlet.class.getName());

    /**
     * What was thrown is answered at once: WildFly forgets a request at which something failed before the gateway, such as a login
     * of the application, and whose error page answers later. So few bytes wait for no client.
     */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null) {
            super.service(request, response);
            return;
        }
        ActorResponse answer = Answers.error(ActorError.internal());
        try {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            answer.headers().forEach(response::setHeader);
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the client is gone, or has an answer already", e);
        }
    }

    @Override
    void handle(HttpExchange exchange, Visit visit) {
        Object status = exchange.request().getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (!(status instanceof Integer code) || code == HttpServletResponse.SC_NOT_FOUND) {
            throw GatewayErrors.noRoute();
        }
        exchange.answerAfterBody(Answers.error(error(code)).withStatus(code));
    }

    private static ActorError error(int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED -> ActorError.of("auth", "unauthorized", "Who are you?");
            case HttpServletResponse.SC_FORBIDDEN -> ActorError.of("auth", "forbidden", "You may not do this");
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> GatewayErrors.methodNotAllowed()
                    .error();
            default -> status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                    ? GatewayErrors.invalidRequest("the server refused it").error()
                    : ActorError.internal();
        };
    }
}
