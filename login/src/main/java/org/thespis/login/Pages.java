package org.thespis.login;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/** Where a browser is sent: to pages of this server only, or who makes a link could lead users anywhere after their login. */
final class Pages {

    static final String FIRST = "/";

    static final int TOO_MANY_REQUESTS = 429; // RFC 6585

    private static final String LETTERS = "A-Za-z0-9._~!$&()*+,;=:@%-";

    /** A path from the root with what may follow it; what begins with two slashes is an address of another server. */
    private static final Pattern LOCAL =
            Pattern.compile("/(?:[" + LETTERS + "][/" + LETTERS + "]*)?(?:\\?[/?" + LETTERS + "]*)?");

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>%s</title>
            <p>%1$s <a href="%s">Try again</a></p>
            </html>
            """;

    private Pages() {}

    /** The page that was asked for, or the first one if it is none of this server. */
    static String local(String page) {
        return page != null && LOCAL.matcher(page).matches() ? page : FIRST;
    }

    /** The address of a login as it was asked for, without the server's name. */
    static String ofLogin(String address) {
        String query = URI.create(address).getRawQuery();
        return query == null ? LoginServlet.PATH : LoginServlet.PATH + "?" + query;
    }

    static void send(HttpServletResponse response, String page) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", page);
        response.setHeader("Cache-Control", "no-store");
    }

    /** Tells somebody in front of a browser that it did not work. */
    static void tell(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(PAGE.formatted(text, LoginServlet.PATH));
    }
}
