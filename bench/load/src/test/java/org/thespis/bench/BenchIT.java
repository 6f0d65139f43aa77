package org.thespis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The benchmark works; what it measures is of no meaning in so short a time. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class BenchIT {

    /** They are not loaded for this test. */
    private static boolean peersAreThere() {
        return Node.isThere() && new Node(root(), "peers").isInstalled();
    }

    private static Path root() {
        return Path.of(System.getProperty("root.dir"));
    }

    private static List<String> brief(String server, String... workloads) throws Exception {
        Path root = root().toRealPath();
        return Bench.run(Settings.brief(root, List.of(server), Set.of(workloads)));
    }

    @Test
    void allWorkloadsGiveANumber() throws Exception {
        List<String> table = new ArrayList<>(brief("payara", "calls", "http"));
        table.addAll(brief(
                "wildfly",
                "ceiling",
                "calls",
                "broadcasts",
                "sockets",
                "actors",
                "http",
                "durability",
                "idle",
                "peers",
                "start"));
        String text = String.join("\n", table);
        assertThat(table.stream().filter(line -> line.contains("| JSON |"))).hasSizeGreaterThanOrEqualTo(4 + 11);
        assertThat(table.stream().filter(line -> line.contains("| COMMIT |"))).hasSize(8);
        assertThat(table.stream().filter(line -> line.contains("| low-level |")))
                .hasSize(7);
        assertThat(table.stream().filter(line -> line.contains("| ws |"))).hasSize(peersAreThere() ? 5 : 0);
        assertThat(text)
                .contains("wildfly: start", "heap for each idle connection over raw")
                .doesNotContain("NaN", "∞");
    }
}
