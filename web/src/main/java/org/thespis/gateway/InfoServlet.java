package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.thespis.runtime.message.ActorException;

/** Says what runs here ({@code /metadata}) and whether it does ({@code /health}), and answers where nothing else does. */
@WebServlet(urlPatterns = {"/metadata", "/health", InfoServlet.NOT_FOUND})
public class InfoServlet extends HttpServlet {

    static final String NOT_FOUND = "/not-found";

    private static final long serialVersionUID = 1L;

    @Inject
    transient Gateway gateway;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getServletPath()) {
                case "/metadata" -> JsonAnswers.write(
                        response, HttpServletResponse.SC_OK, Map.of("runtime", "thespis", "protocol", 4L));
                case "/health" -> {
                    gateway.relay();
                    JsonAnswers.write(response, HttpServletResponse.SC_OK, Map.of("status", "ok"));
                }
                default -> throw Guard.noRoute();
            }
        } catch (ActorException e) {
            JsonAnswers.fail(response, e.error());
        }
    }
}
