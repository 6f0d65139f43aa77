package org.thespis.login;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;

/**
 * Tells a page who is logged in: {@code {"name": "alice", "roles": ["talk"]}} with those of the roles that it asks for, {@code
 * /login/user?role=talk&role=moderate}; or {@code {}} if nobody is.
 */
@WebServlet(urlPatterns = UserServlet.PATH, asyncSupported = true)
public class UserServlet extends HttpServlet {

    static final String PATH = "/login/user";

    private static final long serialVersionUID = 1L;

    private static final int MAX_ROLES = 100;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal user = request.getUserPrincipal();
        JsonObjectBuilder told = Json.createObjectBuilder();
        if (user != null) {
            told.add("name", user.getName());
            told.add("roles", Json.createArrayBuilder(roles(request)));
        }
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(told.build());
    }

    private static List<String> roles(HttpServletRequest request) {
        String[] asked = request.getParameterValues("role");
        return asked == null
                ? List.of()
                : Arrays.stream(asked)
                        .limit(MAX_ROLES)
                        .filter(request::isUserInRole)
                        .toList();
    }
}
