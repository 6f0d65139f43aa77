package org.thespis.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The body of a form is nobody's but the gateway's. */
class FormBodiesTest {

    private final List<String> asked = new ArrayList<>();

    private void comes(String type) {
        HttpServletRequest request = Stubs.of(HttpServletRequest.class, (name, arguments) -> {
            asked.add(name);
            return name.equals("getContentType") ? type : null;
        });
        ServletContext context = Stubs.of(ServletContext.class, (name, arguments) -> null);
        new FormBodies().requestInitialized(new ServletRequestEvent(context, request));
    }

    @Test
    void theStreamOfAFormIsTakenBeforeItsParametersAreAskedFor() {
        comes("Application/x-www-form-urlencoded; charset=utf-8");
        assertThat(asked).containsExactly("getContentType", "getInputStream");
    }

    @Test
    void ofOthersItIsNot() {
        comes("application/json");
        comes(null);
        assertThat(asked).containsOnly("getContentType");
    }
}
