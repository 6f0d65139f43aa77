package org.thespis.bench;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the EARs that are measured. */
final class BenchEar {

    private static final String DESCRIPTOR = "/META-INF/application.xml";
    private static final String END_OF_MODULES = "<library-directory>";
    private static final String END = "</application>";
    private static final String BENCH_WAR = "bench/server/target/thespis-bench.war";
    private static final String MANY = "1000000000";
    private static final String OF_CLUSTER = "thespis-cluster.jar";

    private static final String WEB_MODULE =
            """
            <module>
              <web>
                <web-uri>%s</web-uri>
                <context-root>%s</context-root>
              </web>
            </module>
            """;

    private static final String ENTRY =
            """
            <env-entry>
              <env-entry-name>java:app/env/thespis/%s</env-entry-name>
              <env-entry-type>java.lang.String</env-entry-type>
              <env-entry-value>%s</env-entry-value>
            </env-entry>
            """;

    /** All load comes from one address, and over few connections. */
    private static final Map<String, String> UNLIMITED = unlimited();

    private BenchEar() {}

    private static Map<String, String> unlimited() {
        Map<String, String> settings = new HashMap<>();
        settings.put("verify-state", "first"); // as by default
        settings.put("max-messages-per-second-per-connection", MANY);
        settings.put("max-bytes-per-connection", MANY);
        for (String whose : List.of("address", "node")) {
            settings.put("max-connections-per-" + whose, MANY);
            settings.put("max-handshakes-per-second-per-" + whose, MANY);
            settings.put("max-messages-per-second-per-" + whose, MANY);
            settings.put("max-creations-per-minute-per-" + whose, MANY);
            settings.put("max-bytes-per-" + whose, MANY);
        }
        return settings;
    }

    /** The same with the raw endpoints in the servlet container {@code plain}. */
    static Path makePlain(Path root, Map<String, String> settings, String name) throws IOException {
        Path war = root.resolve("bench/load/target/plain.war");
        Files.copy(root.resolve(BENCH_WAR), war, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Files.writeString(
                    archive.getPath("/WEB-INF/jboss-web.xml"),
                    "<jboss-web><servlet-container>plain</servlet-container></jboss-web>");
        }
        return make(root, war, settings, name);
    }

    /** The EAR as built, with the actors and raw endpoints to measure, and settings. */
    static Path make(Path root, Map<String, String> settings, String name) throws IOException {
        return make(root, root.resolve(BENCH_WAR), settings, name);
    }

    private static Path make(Path root, Path war, Map<String, String> settings, String name) throws IOException {
        Path target = root.resolve("bench/load/target").resolve(name + ".ear");
        Files.copy(root.resolve("ear/target/thespis.ear"), target, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem ear = FileSystems.newFileSystem(target)) {
            Files.copy(war, ear.getPath("/thespis-bench.war"));
            Map<String, String> all = new HashMap<>(UNLIMITED);
            all.putAll(settings);
            String entries = all.entrySet().stream()
                    .map(setting -> ENTRY.formatted(setting.getKey(), setting.getValue()))
                    .collect(Collectors.joining());
            Path descriptor = ear.getPath(DESCRIPTOR);
            Files.writeString(
                    descriptor,
                    Files.readString(descriptor)
                            .replace(
                                    END_OF_MODULES,
                                    WEB_MODULE.formatted("thespis-bench.war", "/bench") + END_OF_MODULES)
                            .replace(END, entries + END));
        }
        return target;
    }

    /** The EAR as built, but for what makes several nodes of it. */
    static Path withoutCluster(Path root) throws IOException {
        Path target = root.resolve("bench/load/target/alone.ear");
        Files.copy(root.resolve("ear/target/thespis.ear"), target, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem ear = FileSystems.newFileSystem(target)) {
            Files.delete(ear.getPath("/lib", OF_CLUSTER));
        }
        return target;
    }

    /** An EAR with nothing but one page. */
    static Path empty(Path root) throws IOException {
        Path folder = root.resolve("bench/load/target");
        Path war = folder.resolve("empty.war");
        Path target = folder.resolve("empty.ear");
        Files.deleteIfExists(war);
        Files.deleteIfExists(target);
        try (FileSystem archive = FileSystems.newFileSystem(war, Map.of("create", "true"))) {
            Files.writeString(archive.getPath("/index.html"), "empty");
        }
        try (FileSystem archive = FileSystems.newFileSystem(target, Map.of("create", "true"))) {
            Files.createDirectory(archive.getPath("/META-INF"));
            Files.writeString(
                    archive.getPath(DESCRIPTOR),
                    "<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\">"
                            + WEB_MODULE.formatted("empty.war", "/") + END);
            Files.copy(war, archive.getPath("/empty.war"));
        }
        return target;
    }
}
