package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Compiles the actor and the test that the README shows, word for word, and runs the test. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final List<String> SOURCES =
            List.of("src/main/java/example/Counter.java", "src/test/java/example/CounterTest.java");

    @Test
    void theTestOfTheReadmePasses(@TempDir Path folder) throws Exception {
        compile(folder);
        TestExecutionSummary summary = run(folder);
        StringWriter failures = new StringWriter();
        summary.printFailuresTo(new PrintWriter(failures));
        assertThat(summary.getTestsSucceededCount()).as(failures::toString).isEqualTo(1);
        assertThat(summary.getTotalFailureCount()).as(failures::toString).isZero();
    }

    private static void compile(Path folder) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = SOURCES.stream()
                    .map(source -> folder.resolve(Path.of(source).getFileName()))
                    .toList();
            for (int i = 0; i < sources.size(); i++) {
                Files.writeString(sources.get(i), block(SOURCES.get(i)));
            }
            List<String> options =
                    List.of("-parameters", "-proc:none", "-classpath", classPath(), "-d", folder.toString());
            boolean compiled = compiler.getTask(
                            told, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(told::toString).isTrue();
        }
    }

    /** Surefire hides it behind a jar of its own. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static TestExecutionSummary run(Path folder) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, outer)) {
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(loader.loadClass("example.CounterTest")))
                                    .build(),
                            listener);
            return listener.getSummary();
        } finally {
            thread.setContextClassLoader(outer);
        }
    }

    /** The fenced block that follows a title. */
    private static String block(String title) throws Exception {
        Matcher matcher = Pattern.compile("`" + Pattern.quote(title) + "`\n\n```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(matcher.find()).as(title).isTrue();
        return matcher.group(1);
    }
}
