package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.gateway.admission.GatewaySettings.Access;

class OriginsTest {

    private static Origins allowing(String... origins) {
        return new Origins(new Access(List.of(origins), List.of(), List.of(), Management.CLOSED));
    }

    private static Origins under(String... hosts) {
        return new Origins(new Access(List.of(), List.of(hosts), List.of(), Management.CLOSED));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,        http,  localhost:8080",
        "HTTP://LocalHost:8080,        http,  localhost:8080",
        "http://app.example,           http,  app.example",
        "http://app.example:80,        http,  app.example",
        "http://app.example,           http,  app.example:80",
        "https://app.example,          https, app.example",
        "https://app.example,          https, app.example:443",
        "http://[::1]:8080,            http,  [::1]:8080",
    })
    void aPageOfThisServerMayCall(String origin, String scheme, String host) {
        assertThat(allowing().isAllowed(origin, scheme, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "null,                          http,  localhost:8080",
        "'',                            http,  localhost:8080",
        "localhost:8080,                http,  localhost:8080",
        "//localhost:8080,              http,  localhost:8080",
        "https://localhost:8080,        http,  localhost:8080",
        "http://localhost:8080,         https, localhost:8080",
        "ftp://localhost:8080,          http,  localhost:8080",
        "http://localhost:8081,         http,  localhost:8080",
        "http://localhost,              http,  localhost:8080",
        "http://localhost:8080/,        http,  localhost:8080",
        "http://localhost:8080/path,    http,  localhost:8080",
        "http://localhost:8080?q,       http,  localhost:8080",
        "http://localhost:8080#f,       http,  localhost:8080",
        "http://me@localhost:8080,      http,  localhost:8080",
        "http://localhost:8080.evil.com, http, localhost:8080",
        "http://evil.com,               http,  localhost:8080",
        "http://localhost:8080 evil,    http,  localhost:8080",
        "http://app.example:443,        http,  app.example",
    })
    void anyOtherMayNot(String origin, String scheme, String host) {
        assertThat(allowing().isAllowed(origin, scheme, host)).isFalse();
    }

    @Test
    void aProgramThatIsNoBrowserHasNoOrigin() {
        assertThat(allowing().isAllowed(null, "http", "localhost")).isTrue();
    }

    @Test
    void withoutAHostNoPageIsOfThisServer() {
        assertThat(allowing().isAllowed("http://localhost", "http", null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example,     https://app.example,        true",
        "https://app.example,     https://app.example:443,    true",
        "https://APP.example,     https://app.example,        true",
        "https://app.example,     http://app.example,         false",
        "https://app.example,     https://app.example:8443,   false",
        "https://app.example,     https://app.example.evil.com, false",
        "https://app.example,     https://evil-app.example,   false",
        "http://localhost:*,      http://localhost:3000,      true",
        "http://localhost:*,      http://localhost,           true",
        "http://localhost:*,      https://localhost:3000,     false",
        "http://localhost:*,      http://localhost.evil.com:3000, false",
        "http://localhost:*,      http://localhost:x,         false",
        "*,                       https://any.example,        true",
        "*,                       null,                       false",
    })
    void pagesThatAreListedMayCall(String listed, String origin, boolean allowed) {
        assertThat(allowing(listed).isAllowed(origin, "http", "server.example")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST:8080, true",
        "127.0.0.1:8080, true",
        "192.0.2.7, true",
        "[::1]:8080, true",
        "evil.com, false",
        "localhost.evil.com, false",
        "evil.com:127, false",
        "me@localhost, false",
        "localhost/x, false",
        "localhost:80:80, false",
        "local host, false",
        "'', false",
    })
    void whereNoNamesAreSetTheServerAnswersToLocalhostAndAddresses(String host, boolean own) {
        assertThat(under().isOwnHost(host)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "app.example,      app.example,      true",
        "app.example,      App.Example:8080, true",
        "app.example:8080, app.example:8080, true",
        "app.example:8080, app.example:9090, false",
        "app.example:8080, app.example,      false",
        "app.example,      www.app.example,  false",
        "app.example,      localhost,        false",
        "app.example,      192.0.2.7,        false",
        "*,                evil.com,         true",
        "*,                me@evil.com,      false",
    })
    void whereNamesAreSetTheServerAnswersToThoseAlone(String set, String host, boolean own) {
        assertThat(under(set).isOwnHost(host)).isEqualTo(own);
    }

    @Test
    void aRequestWithoutAHostIsTakenOnlyWhereNoNamesAreSet() {
        assertThat(under().isOwnHost(null)).isTrue();
        assertThat(under("app.example").isOwnHost(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, false",
                "-, same-origin, false",
                "-, none, false",
                "-, Same-Origin, false",
                "-, same-site, true",
                "-, cross-site, true",
                "-, Cross-Site, true",
                "-, whatever, true",
                "http://app.example, cross-site, false",
            })
    void aForeignPageThatSendsNoOriginShowsByItsSite(String origin, String site, boolean foreign) {
        assertThat(Origins.isForeign(origin, site)).isEqualTo(foreign);
    }
}
