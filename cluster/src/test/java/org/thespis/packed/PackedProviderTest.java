package org.thespis.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.cluster.jgroups.KeysForTests;
import org.thespis.cluster.jgroups.PortsForTests;
import org.thespis.cluster.node.JGroupsProvider;
import org.thespis.cluster.node.NamesForTests;
import org.thespis.host.jdbc.JdbcStateStore;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.jndi.ClusterNode;
import org.thespis.runtime.jndi.ClusterProvider;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.settings.ActorSettings;

/** With what the build has packed, in an application that has nothing of it under its name. */
@Timeout(120)
class PackedProviderTest {

    /** What becomes the jar. */
    private static final Path PACKED = Path.of(System.getProperty("packed"));

    @TempDir
    Path folder;

    /** All but what is packed. */
    private static final class Rest extends ClassLoader {

        private Rest() {
            super(PackedProviderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean isPacked = name.startsWith("org.jgroups.") || name.startsWith("org.thespis.cluster.");
            if (isPacked && !name.equals(NamesForTests.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader application;

    @BeforeEach
    void begin() throws IOException {
        URL[] jar = {PACKED.toUri().toURL()};
        application = new URLClassLoader(jar, new Rest());
        Thread.currentThread().setContextClassLoader(application); // as servers do
    }

    @AfterEach
    void end() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        pool.shutdownNow();
        application.close();
    }

    @Test
    void theRuntimeFindsIt() {
        assertThat(ClusterProvider.find()).containsInstanceOf(PackedProvider.class);
    }

    @Test
    void serversSeeOnlyTheClassesThatLoadTheRest() throws IOException {
        List<String> seen;
        try (var files = Files.walk(PACKED)) {
            seen = files.map(file -> PACKED.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .toList();
        }
        assertThat(seen).isNotEmpty().allMatch(file -> file.startsWith("org/thespis/packed/"));
    }

    @Test
    void allOfItIsPackedAndTheRestIsOfTheApplication() throws Exception {
        ClassLoader classes =
                new PackedProvider(application).provider().getClass().getClassLoader();
        assertThat(classes).isInstanceOf(PackedClasses.class);
        for (String name : List.of("org.thespis.cluster.ClusterRelay", "org.jgroups.JChannel")) {
            Class<?> packed = classes.loadClass(name);
            assertThat(packed.getClassLoader()).isSameAs(classes);
            assertThat(classes.loadClass(name)).isSameAs(packed);
        }
        assertThat(classes.loadClass(ActorSystem.class.getName())).isSameAs(ActorSystem.class);
        assertThat(classes.getResource("jg-magic-map.xml").toString()).contains("META-INF/thespis-cluster");
        assertThat(classes.getResource(ActorSystem.class.getName().replace('.', '/') + ".class"))
                .isNotNull();
        assertThat(classes.getResource("none")).isNull();
    }

    @Test
    void whatTheApplicationHasOfTheSameNameIsNotMet() throws Exception {
        ClassLoader besides = new URLClassLoader(application.getURLs(), PackedProviderTest.class.getClassLoader());
        Class<?> met = new PackedProvider(besides).provider().getClass();
        assertThat(met.getName()).isEqualTo(JGroupsProvider.class.getName());
        assertThat(met).isNotSameAs(JGroupsProvider.class);
    }

    @Test
    void theJarOfAnApplicationThatHasEndedIsNotReadAgainByTheNextOne() throws Exception {
        for (String content : List.of("first", "the next")) {
            Path jar = jar(content);
            try (URLClassLoader one = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new Rest());
                    InputStream read = new PackedClasses(one).getResourceAsStream("text")) {
                assertThat(read).hasBinaryContent(content.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private Path jar(String content) throws IOException {
        Path jar = folder.resolve("thespis-cluster.jar");
        Files.deleteIfExists(jar);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/thespis-cluster/text"));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void nodesOfItJoin() throws Exception {
        NamesForTests.begin();
        NamesForTests.put(
                "thespis/cluster-key-store",
                KeysForTests.make(folder, "cluster").toString());
        NamesForTests.put("thespis/cluster-key-store-password", KeysForTests.PASSWORD);
        DataSource shared = JdbcConnectionPool.create("jdbc:h2:mem:packed;DB_CLOSE_DELAY=-1", "sa", "");
        try (ClusterNode one = node(shared);
                ClusterNode other = node(shared)) {
            one.start();
            other.start();
            assertThat(one.isReady()).isTrue();
            assertThat(other.isReady()).isTrue();
        } finally {
            NamesForTests.end();
        }
    }

    private ClusterNode node(DataSource shared) throws IOException {
        NamesForTests.put("thespis/cluster-port", PortsForTests.free());
        ActorSystem system = new ActorSystem(
                List.of(),
                (definition, context) -> null,
                JdbcStateStore.open(shared),
                pool,
                pool,
                pool,
                ActorSettings.defaults());
        return new PackedProvider(application)
                .node("packed", new JndiSettings(), new ClusterProvider.Parts(system, shared, pool));
    }
}
