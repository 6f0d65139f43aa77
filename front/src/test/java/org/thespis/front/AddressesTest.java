package org.thespis.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of servers that would be found wrong, or never, while the front runs. */
class AddressesTest {

    @ParameterizedTest
    @CsvSource({"http://a,http://a:80", "http://a:80/app,http://A/app/"})
    void theSameServerTwiceIsRefused(String one, String same) {
        assertThatThrownBy(() -> new Servers(URI.create(one), URI.create(same)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a:65536", "http://a:0", "http://me@a:80", "http://a:80?x=y", "http://a:80/app#x"})
    void whatIsNoAddressOfAServerIsRefused(String address) {
        assertThatThrownBy(() -> new Servers(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathKeepsItsEscapes() {
        Servers servers = new Servers(URI.create("http://a:80/my%20app"));
        assertThat(servers.all().get(0).health()).hasToString("http://a:80/my%20app/health");
    }
}
