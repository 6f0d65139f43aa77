package org.thespis.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who logs out is logged out. */
class LogoutServletTest {

    private final List<String> done = new ArrayList<>();

    private final HttpSession session = Stubs.of(HttpSession.class, (name, arguments) -> {
        if (name.equals("invalidate")) {
            done.add(name);
        }
        return null;
    });

    private final HttpServletResponse response = Stubs.of(HttpServletResponse.class, (name, arguments) -> {
        if (name.equals("setHeader") && arguments[0].equals("Location")) {
            done.add("to " + arguments[1]);
        }
        return null;
    });

    private static HttpServletRequest request(HttpSession session, Principal user) {
        return Stubs.of(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getSession" -> session;
            case "getUserPrincipal" -> user;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private void logout(HttpServletRequest request) throws IOException {
        LogoutServlet servlet = new LogoutServlet();
        servlet.openId = Stubs.of(OpenIdContext.class, (name, arguments) -> {
            throw new IllegalStateException("the provider is away");
        });
        servlet.settings = new LoginSettings();
        servlet.doPost(request, response);
    }

    @Test
    void alsoIfTheProviderIsAway() throws IOException {
        logout(request(session, () -> "alice"));
        assertThat(done).containsExactly("invalidate", "to /");
    }

    @Test
    void alsoIfTheServerHasForgottenTheUserButNotTheSession() throws IOException {
        logout(request(session, null));
        assertThat(done).containsExactly("invalidate", "to /");
    }

    @Test
    void whoHasNoSessionGoesToTheFirstPage() throws IOException {
        logout(request(null, null));
        assertThat(done).containsExactly("to /");
    }
}
