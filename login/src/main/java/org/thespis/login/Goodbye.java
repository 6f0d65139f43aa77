package org.thespis.login;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A page that the browser leaves at once, for the provider, with the token of the login in a form: in an address it would be in
 * logs and in the history of the browser.
 *
 * @param provider where the provider ends sessions
 * @param home where the browser comes back to
 */
record Goodbye(String provider, String idToken, String clientId, String home) {

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>Log out</title>
            <form method="post" action="%s">
            <input type="hidden" name="id_token_hint" value="%s">
            <input type="hidden" name="client_id" value="%s">
            <input type="hidden" name="post_logout_redirect_uri" value="%s">
            <button>Log out</button>
            </form>
            <script nonce="%s">document.forms[0].submit()</script>
            </html>
            """;

    void send(HttpServletResponse response) throws IOException {
        String nonce = nonce();
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; frame-ancestors 'none'; script-src 'nonce-" + nonce + "'");
        response.getWriter().print(html(nonce));
    }

    String html(String nonce) {
        return PAGE.formatted(escaped(provider), escaped(idToken), escaped(clientId), escaped(home), nonce);
    }

    private static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
