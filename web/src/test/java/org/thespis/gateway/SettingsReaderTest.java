package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.runtime.jndi.SettingNames;

class SettingsReaderTest {

    private static final Set<String> ASKED = new ConcurrentSkipListSet<>();

    private static GatewaySettings read(Map<String, String> given) {
        return new SettingsReader(new SettingsReader.Source() {
                    @Override
                    public long number(String name, long byDefault) {
                        ASKED.add(name);
                        return given.containsKey(name) ? Long.parseLong(given.get(name)) : byDefault;
                    }

                    @Override
                    public String text(String name, String byDefault) {
                        ASKED.add(name);
                        return given.getOrDefault(name, byDefault);
                    }
                })
                .read();
    }

    @Test
    void anInstallationIsClosedByDefault() {
        GatewaySettings settings = read(Map.of());
        assertThat(settings.access().management()).isFalse();
        assertThat(settings.access().allowedOrigins()).isEmpty();
        assertThat(settings.access().allowedHosts()).isEmpty();
        assertThat(settings.access().trustedProxies()).isEmpty();
    }

    @Test
    void whatIsAskedForIsAKnownName() {
        read(Map.of());
        assertThat(ASKED).hasSizeGreaterThan(30).isSubsetOf(SettingNames.all());
    }

    @Test
    void listsAreSeparatedByBlanksOrCommas() {
        assertThat(read(Map.of("allowed-hosts", " a.example, b.example\tc.example "))
                        .access()
                        .allowedHosts())
                .containsExactly("a.example", "b.example", "c.example");
    }

    @Test
    void whatIsSetCounts() {
        GatewaySettings settings = read(Map.of(
                "management", "open", "max-actor-ids", "7", "body-timeout-millis", "2m", "max-bytes-per-node", "9"));
        assertThat(settings.access().management()).isTrue();
        assertThat(settings.sizes().ids()).isEqualTo(7);
        assertThat(settings.deadlines().body()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.allowances().node().bytes()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "max-incoming-bytes,             4294967297",
        "max-incoming-bytes,             0",
        "max-body-bytes,                 2147483648",
        "max-name-bytes,                 -1",
        "max-actor-ids,                  0",
        "max-queued-bytes,               1000",
        "max-connections-per-address,    0",
        "max-connections-per-address,    4294967297",
        "max-creations-per-minute-per-node, -4294967295",
        "max-bytes-per-node,             0",
        "body-timeout-millis,            0",
        "send-timeout-millis,            9223372036854775807",
        "silence-timeout-millis,         25000",
        "send-timeout-millis,            5 minutes",
        "management,                     yes",
    })
    void whatIsOutOfRangeRefusesTheStartAndIsNamed(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
