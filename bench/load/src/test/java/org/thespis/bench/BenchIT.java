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

    private static List<String> brief(String server, String... workloads) throws Exception {
        Path root = Path.of(System.getProperty("root.dir")).toRealPath();
        return Bench.run(Settings.brief(root, List.of(server), Set.of(workloads)));
    }

    @Test
    void allWorkloadsGiveANumber() throws Exception {
        List<String> table = new ArrayList<>(brief("payara", "calls", "http"));
        table.addAll(
                brief("wildfly", "ceiling", "calls", "broadcasts", "actors", "http", "durability", "idle", "start"));
        String text = String.join("\n", table);
        assertThat(table.stream().filter(line -> line.contains("| JSON |"))).hasSizeGreaterThanOrEqualTo(4 + 11);
        assertThat(table.stream().filter(line -> line.contains("| COMMIT |"))).hasSize(6);
        assertThat(text)
                .contains("wildfly: start", "heap for each idle connection over raw")
                .doesNotContain("NaN", "∞");
    }
}
