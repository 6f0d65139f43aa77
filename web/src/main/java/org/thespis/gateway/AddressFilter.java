package org.thespis.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.thespis.runtime.message.ActorException;

/**
 * Refuses addresses that are no URI (RFC 3986), such as those with broken percent escapes. Payara takes a WebSocket at such
 * an address in and then forgets it, with the client waiting for ever.
 */
@WebFilter(urlPatterns = "/gateway/*", asyncSupported = true)
public class AddressFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String query = request.getQueryString();
        try {
            URI.create(query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
            QueryString.parse(query);
        } catch (ActorException | IllegalArgumentException e) {
            JsonAnswers.fail(response, Guard.invalidParameters("not a URI").error());
            return;
        }
        chain.doFilter(request, response);
    }
}
