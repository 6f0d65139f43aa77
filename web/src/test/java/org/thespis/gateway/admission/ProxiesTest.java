package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.runtime.message.Caller;

class ProxiesTest {

    private static RequestHead from(String peer, String forwarded) {
        return new RequestHead(peer, false, forwarded, null, "localhost", null, null, Caller.ANONYMOUS, null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "192.0.2.1,      -,                        192.0.2.1",
                "192.0.2.1,      203.0.113.9,              192.0.2.1",
                "10.1.2.3,       203.0.113.9,              203.0.113.9",
                "10.1.2.3,       '1.1.1.1, 203.0.113.9',   203.0.113.9",
                "10.1.2.3,       '203.0.113.9, 10.9.9.9',  203.0.113.9",
                "10.1.2.3,       '203.0.113.9,10.9.9.9,10.8.8.8', 203.0.113.9",
                "10.1.2.3,       -,                        10.1.2.3",
                "10.1.2.3,       evil.com,                 10.1.2.3",
                "10.1.2.3,       '203.0.113.9, unknown',   10.1.2.3",
                "10.1.2.3,       '',                       10.1.2.3",
                "fd00::1,        2001:db8::77,             2001:db8:0:0:0:0:0:0",
                "2001:db8:1:2:3:4:5:6, -,                  2001:db8:1:2:0:0:0:0",
                "11.1.2.3,       203.0.113.9,              11.1.2.3",
            })
    void onlyATrustedProxyIsBelieved(String peer, String forwarded, String client) {
        Proxies proxies = new Proxies(List.of("10.0.0.0/8", "fd00::1"));
        assertThat(proxies.client(from(peer, forwarded))).isEqualTo(client);
    }

    @Test
    void theAddressOfAClientIsWholeThoughItsNetworkCounts() {
        Proxies proxies = new Proxies(List.of("10.0.0.0/8"));
        assertThat(proxies.address(from("10.1.2.3", "2001:db8::77"))).isEqualTo("2001:db8::77");
        assertThat(proxies.address(from("192.0.2.1", "203.0.113.9"))).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "fd00::/129",
                "1.2.3",
                "1.2.3.4.5",
                "999.1.1.1",
                "/8"
            })
    void whatIsNoAddressOrNetworkRefusesTheStart(String trusted) {
        assertThatThrownBy(() -> new Proxies(List.of(trusted)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trusted-proxies");
    }
}
