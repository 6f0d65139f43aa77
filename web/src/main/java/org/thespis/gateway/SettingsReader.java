package org.thespis.gateway;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.thespis.gateway.admission.Allowance;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.GatewaySettings.Access;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.gateway.admission.GatewaySettings.Deadlines;
import org.thespis.gateway.admission.GatewaySettings.Sizes;
import org.thespis.gateway.admission.Management;
import org.thespis.runtime.jndi.JndiSettings;

/** Reads the settings of the gateway; the table in {@code server-config/README.md} explains them. */
final class SettingsReader {

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** Where settings come from, by name. */
    interface Source {
        long number(String name, long byDefault);

        String text(String name, String byDefault);
    }

    private final Source source;

    SettingsReader(Source source) {
        this.source = source;
    }

    /** To be used on a managed thread. */
    static SettingsReader of(JndiSettings jndi) {
        return new SettingsReader(new Source() {
            @Override
            public long number(String name, long byDefault) {
                return jndi.number(name, byDefault);
            }

            @Override
            public String text(String name, String byDefault) {
                return jndi.text(name, byDefault);
            }
        });
    }

    /** @throws IllegalArgumentException if one is out of its range */
    GatewaySettings read() {
        return new GatewaySettings(
                sizes(),
                deadlines(),
                allowances(),
                access(),
                new TokenSettingsReader(source).read(),
                source.text("namespace", "default"),
                source.text("home-page", ""));
    }

    private Sizes sizes() {
        return new Sizes(
                number("max-incoming-bytes", 65_536),
                number("max-low-level-incoming-bytes", 1_048_576),
                number("max-outgoing-bytes", 1_048_576),
                number("max-parameter-bytes", 4_096),
                number("max-body-bytes", 5_242_880),
                number("max-name-bytes", 256),
                number("max-key-bytes", 1_024),
                number("max-queued-bytes", 8_388_608),
                number("max-request-head-bytes", 16_384),
                number("max-actor-ids", 32));
    }

    private Deadlines deadlines() {
        return new Deadlines(
                millis("send-timeout-millis", 30_000),
                millis("body-timeout-millis", 30_000),
                millis("answer-timeout-millis", 30_000),
                millis("ping-period-millis", 25_000),
                millis("silence-timeout-millis", 55_000));
    }

    private Allowances allowances() {
        Allowance connection = new Allowance(
                1,
                1,
                number("max-messages-per-second-per-connection", 2_000),
                1,
                large("max-bytes-per-connection", 16_777_216));
        return new Allowances(
                connection,
                allowance("user", 5_000, 200, 10_000, 600, HEAP / 8),
                allowance("address", 10_000, 500, 20_000, 1_200, HEAP / 8),
                allowance("node", 50_000, 2_000, 100_000, 12_000, HEAP / 4));
    }

    private Allowance allowance(
            String whose, int connections, int handshakes, int messages, int creations, long bytes) {
        return new Allowance(
                number("max-connections-per-" + whose, connections),
                number("max-handshakes-per-second-per-" + whose, handshakes),
                number("max-messages-per-second-per-" + whose, messages),
                number("max-creations-per-minute-per-" + whose, creations),
                large("max-bytes-per-" + whose, bytes));
    }

    private Access access() {
        return new Access(words("allowed-origins"), words("allowed-hosts"), words("trusted-proxies"), management());
    }

    private Management management() {
        String management = source.text("management", "roles");
        Management byRoles = new Management(
                false,
                Set.copyOf(words("management-admin-roles", "thespis-admin")),
                Set.copyOf(words("management-viewer-roles", "thespis-viewer")));
        return switch (management) {
            case "open" -> Management.OPEN;
            case "roles" -> byRoles;
            case "closed" -> Management.CLOSED;
            default -> throw new IllegalArgumentException(
                    "thespis/management must be roles, open or closed, was " + management);
        };
    }

    private int number(String name, int byDefault) {
        long value = large(name, byDefault);
        try {
            return Math.toIntExact(value);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "thespis/" + name + " must be at most " + Integer.MAX_VALUE + ", was " + value, e);
        }
    }

    private long large(String name, long byDefault) {
        long value = source.number(name, byDefault);
        if (value < 1) {
            throw new IllegalArgumentException("thespis/" + name + " must be at least 1, was " + value);
        }
        return value;
    }

    private Duration millis(String name, int byDefault) {
        return JndiSettings.duration(name, source.text(name, String.valueOf(byDefault)));
    }

    private List<String> words(String name) {
        return words(name, "");
    }

    private List<String> words(String name, String byDefault) {
        return Arrays.stream(source.text(name, byDefault).split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
