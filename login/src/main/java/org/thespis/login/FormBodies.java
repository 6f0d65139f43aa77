package org.thespis.login;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Keeps bodies from Jakarta Security, which asks every request of who is not logged in for parameters, before any filter: with a
 * form WildFly would read its whole body for that, with a thread that waits for the client, and the actor would get none. A
 * body whose stream was asked for has no parameters. On Payara that is without effect.
 */
@WebListener
public class FormBodies implements ServletRequestListener {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            return;
        }
        try {
            request.getInputStream(); // reads nothing
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
