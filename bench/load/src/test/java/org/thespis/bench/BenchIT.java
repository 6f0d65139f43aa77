package org.thespis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The benchmark works; what it measures is of no meaning in so short a time. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class BenchIT {

    @Test
    void allWorkloadsGiveANumber() throws Exception {
        List<String> table = Bench.run(Settings.brief(
                Path.of(System.getProperty("root.dir")).toRealPath(),
                List.of("wildfly", "payara"),
                Set.of("ceiling", "calls", "broadcasts", "actors", "http", "durability", "idle", "start")));
        String text = String.join("\n", table);
        assertThat(table.stream().filter(line -> line.contains("| JSON |"))).hasSizeGreaterThanOrEqualTo(2 * 11);
        assertThat(table.stream().filter(line -> line.contains("| COMMIT |"))).hasSize(2 * 6);
        assertThat(text)
                .contains("wildfly: start", "payara: start", "heap for each idle connection over raw")
                .doesNotContain("NaN", "∞");
    }
}
