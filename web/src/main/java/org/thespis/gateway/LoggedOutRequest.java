package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request with the session of a user who has logged out elsewhere: nobody's, though the server had looked at the session. */
final class LoggedOutRequest extends HttpServletRequestWrapper {

    LoggedOutRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public Principal getUserPrincipal() {
        return null;
    }

    @Override
    public String getRemoteUser() {
        return null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }
}
