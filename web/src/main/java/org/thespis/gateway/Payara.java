package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** Tells the server whose requests need other care. */
final class Payara {

    private Payara() {}

    static boolean serves(HttpServletRequest request) {
        HttpServletRequest own = request;
        while (own instanceof HttpServletRequestWrapper wrapper) {
            own = (HttpServletRequest) wrapper.getRequest();
        }
        return own.getClass().getName().startsWith("org.apache.catalina.");
    }
}
