package org.thespis.test;

import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.client.Encoding;
import org.thespis.test.scenario.Scenario;
import org.thespis.test.scenario.World;

/** The conformance suite's client side with the Java client, in each encoding; counts like those of the npm client. */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class JavaConformanceIT {

    /** Passed and failed, by suite and encoding. */
    private static final Map<String, int[]> COUNTS = new TreeMap<>();

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @ArquillianResource
    URL url;

    static Stream<Arguments> scenarios() {
        return Scenario.all().stream().flatMap(scenario -> Arrays.stream(Encoding.values())
                .filter(scenario.encodings()::contains)
                .map(encoding -> Arguments.of(scenario, encoding)));
    }

    @ParameterizedTest(name = "{0} [{1}]")
    @MethodSource("scenarios")
    void passes(Scenario scenario, Encoding encoding) throws Exception {
        int[] counts = COUNTS.computeIfAbsent(
                "%-24s %-8s".formatted(scenario.suite(), encoding.name().toLowerCase(java.util.Locale.ROOT)),
                row -> new int[2]);
        counts[1]++;
        try (World world = new World(URI.create("http://" + url.getHost() + ":" + url.getPort()), encoding)) {
            scenario.body().run(world);
        }
        counts[1]--;
        counts[0]++;
    }

    @AfterAll
    static void report() {
        StringBuilder text = new StringBuilder("suite                    encoding  pass  fail\n");
        COUNTS.forEach((row, counts) -> text.append(row).append(" %5d %5d%n".formatted(counts[0], counts[1])));
        text.append("total: %d passed, %d failed%n"
                .formatted(
                        COUNTS.values().stream().mapToInt(c -> c[0]).sum(),
                        COUNTS.values().stream().mapToInt(c -> c[1]).sum()));
        Report.write("conformance-java", text.toString());
    }
}
