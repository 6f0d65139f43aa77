package org.thespis.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where browsers are sent, and with what. */
class PagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/demo/", "/demo/?room=x&name=a%20b", "/a/b.html?to=/c", "/?x"})
    void pagesOfThisServerAreGoneTo(String page) {
        assertThat(Pages.local(page)).isEqualTo(page);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "demo",
                "//evil.example/",
                "/\\evil.example/",
                "https://evil.example/",
                "javascript:alert(1)",
                "/x\r\nSet-Cookie: a=b",
                "/\t/evil.example",
                "/<script>",
                "/x\"y"
            })
    void noOthersAre(String page) {
        assertThat(Pages.local(page)).isEqualTo("/");
    }

    @Test
    void aLoginGoesOnWhereItWasAskedFor() {
        assertThat(Pages.ofLogin("http://host:8080/login?to=/demo/?room=x")).isEqualTo("/login?to=/demo/?room=x");
        assertThat(Pages.ofLogin("http://host:8080/login")).isEqualTo("/login");
    }

    @Test
    void theTokenOfALogoutIsInAFormAndNothingOfItIsMarkup() {
        Goodbye page = new Goodbye("https://id.example/end?a&b", "x\"><script>", "thespis", "https://here.example/");
        assertThat(page.html("abc"))
                .contains("method=\"post\"", "action=\"https://id.example/end?a&amp;b\"", "x&quot;>&lt;script>")
                .contains("<script nonce=\"abc\">");
    }
}
