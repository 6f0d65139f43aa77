package org.thespis.login;

import jakarta.servlet.http.HttpSession;
import java.util.concurrent.TimeUnit;

/** HTTP sessions of who has been sent to the provider: anybody may have the server make many, so they live shortly. */
final class Waiting {

    /** Time for a user to log in at the provider. */
    static final int SECONDS = (int) TimeUnit.MINUTES.toSeconds(10);

    private static final String USUAL = Waiting.class.getName();

    private Waiting() {}

    /** @param session null for none; one that was there before stays as it is */
    static void begin(HttpSession session) {
        if (session == null || !session.isNew()) {
            return;
        }
        int usual = session.getMaxInactiveInterval();
        if (usual <= 0 || usual > SECONDS) { // 0 is for ever
            session.setAttribute(USUAL, usual);
            session.setMaxInactiveInterval(SECONDS);
        }
    }

    /** The user has logged in. */
    static void end(HttpSession session) {
        if (session.getAttribute(USUAL) instanceof Integer usual) {
            session.removeAttribute(USUAL);
            session.setMaxInactiveInterval(usual);
        }
    }
}
