package org.thespis.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.SessionCookieConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a login goes unprotected over a network. */
class LoginSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example/realms/thespis",
                "http://localhost:8180/realms/thespis",
                "http://127.0.0.1:8180/",
                "http://[::1]/x"
            })
    void aProviderByHttpsOrOnThisMachineIsTaken(String provider) {
        assertThat(LoginSettings.provider(provider)).isEqualTo(provider);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://id.example/realms/thespis", "http://127.0.0.1.example/", "id.example", "http:x"})
    void noOtherIs(String provider) {
        assertThatThrownBy(() -> LoginSettings.provider(provider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("login-provider");
    }

    private static List<Object> cookieOf(String redirectUri) {
        List<Object> said = new ArrayList<>();
        SessionCookieConfig cookie = Stubs.of(SessionCookieConfig.class, (name, arguments) -> {
            said.add(name + Arrays.toString(arguments));
            return null;
        });
        LoginStarter starter = new LoginStarter();
        starter.settings = new LoginSettings() {
            @Override
            public String getRedirectUri() {
                return redirectUri;
            }
        };
        starter.contextInitialized(
                new ServletContextEvent(Stubs.of(ServletContext.class, (name, arguments) -> cookie)));
        return said;
    }

    @Test
    void theCookieIsOfThisSiteAndOfOneByHttpsGoesByNothingElse() {
        String ofThisSite = "setAttribute[SameSite, Lax]";
        assertThat(cookieOf("https://here.example/login/callback")).containsExactly(ofThisSite, "setSecure[true]");
        assertThat(cookieOf("${baseURL}/login/callback")).containsExactly(ofThisSite);
    }
}
