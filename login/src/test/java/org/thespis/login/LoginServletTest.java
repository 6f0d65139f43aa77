package org.thespis.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What anybody can have the server do who is not logged in. */
class LoginServletTest {

    private static final int HALF_AN_HOUR = 1_800;

    private final LoginServlet servlet = new LoginServlet();
    private final List<Integer> statuses = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private int interval = HALF_AN_HOUR;
    private boolean isNew = true;

    private final HttpSession session = Stubs.of(HttpSession.class, (name, arguments) -> switch (name) {
        case "isNew" -> isNew;
        case "getMaxInactiveInterval" -> interval;
        case "setMaxInactiveInterval" -> {
            interval = (Integer) arguments[0];
            yield null;
        }
        case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
        case "getAttribute" -> attributes.get((String) arguments[0]);
        case "removeAttribute" -> attributes.remove((String) arguments[0]);
        default -> throw new UnsupportedOperationException(name);
    });

    private interface Provider {
        void ask() throws IOException;
    }

    private void login(String query, Provider provider) {
        HttpServletRequest request = Stubs.of(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getUserPrincipal" -> null;
            case "getQueryString" -> query;
            case "getSession" -> session;
            case "authenticate" -> {
                ask(provider);
                yield false;
            }
            default -> throw new UnsupportedOperationException(name);
        });
        HttpServletResponse response = Stubs.of(HttpServletResponse.class, (name, arguments) -> {
            if (name.equals("setStatus")) {
                statuses.add((Integer) arguments[0]);
            }
            return name.equals("getWriter") ? new PrintWriter(Writer.nullWriter()) : null;
        });
        try {
            servlet.doGet(request, response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void ask(Provider provider) {
        try {
            provider.ask();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSessionThatWaitsForALoginLivesShortlyAndThatOfAUserAsLongAsUsual() {
        login("to=/demo/", () -> {});
        assertThat(interval).isEqualTo(Waiting.SECONDS);
        Waiting.end(session);
        assertThat(interval).isEqualTo(HALF_AN_HOUR);
        assertThat(attributes).isEmpty();
    }

    @Test
    void oneThatWasThereBeforeStaysAsItIs() {
        isNew = false;
        login(null, () -> {});
        assertThat(interval).isEqualTo(HALF_AN_HOUR);
    }

    @Test
    void aLongAddressIsNotKept() {
        List<String> asked = new ArrayList<>();
        login("to=/" + "a".repeat(LoginServlet.MAX_QUERY), () -> asked.add("provider"));
        assertThat(asked).isEmpty();
        assertThat(statuses).containsExactly(HttpServletResponse.SC_REQUEST_URI_TOO_LONG);
    }

    /** Each asks within the one before, as a thread that waits would. */
    private void askWithin(int deep, List<Integer> asked) {
        if (deep > 0) {
            login(null, () -> {
                asked.add(deep);
                askWithin(deep - 1, asked);
            });
        }
    }

    @Test
    void aSlowProviderHoldsFewThreads() {
        List<Integer> asked = new ArrayList<>();
        askWithin(20, asked);
        assertThat(asked).hasSize(8);
        assertThat(statuses).containsExactly(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        login(null, () -> asked.add(0));
        assertThat(asked).hasSize(9);
    }
}
