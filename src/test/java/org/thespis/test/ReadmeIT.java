package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.Commands.Result;

/** Does what the README says, word for word, in a copy of the sources that holds nothing else. */
@ExtendWith(ArquillianExtension.class)
class ReadmeIT {

    private static final String SERVER = System.getProperty("arquillian.launch");
    private static final Path WORK = Node.ROOT.resolve("target/readme-" + SERVER);
    private static final Path CHECKOUT =
            Node.ROOT.resolve("target/readme-checkout"); // the second server's is built already
    private static final Path PROJECT = WORK.resolve("project");
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", ".git");
    private static final long BUILD_MINUTES = 10;
    private static final long START_SECONDS = 300;

    @Deployment(testable = false)
    static EnterpriseArchive ownEar() throws IOException {
        copySources();
        write("actors/src/main/java/example/Counter.java", block("`src/main/java/example/Counter.java`"));
        write("actors/pom.xml", block("`actors/pom.xml`"));
        write("ear/pom.xml", block("`ear/pom.xml`"));
        run(CHECKOUT, command("mvn install"));
        run(PROJECT, command("mvn -f actors"));
        run(PROJECT, command("mvn -f ear"));
        return ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class,
                PROJECT.resolve("ear/target/my-app.ear").toFile());
    }

    @ArquillianResource
    URL url;

    @Test
    void theSmallestActorAnswersItsClient() throws IOException {
        Node.require();
        Node node = Node.inConformance();
        Path program = node.folder().resolve("node_modules/.readme-" + SERVER + ".mjs");
        Files.writeString(
                program,
                block("`client.mjs`")
                        .replace("http://localhost:8080", "http://" + url.getHost() + ":" + url.getPort()));
        Result result = node.node(program.toString());
        assertThat(result.output()).isEqualTo(block("```text", "```"));
    }

    @Test
    void theRunCommandServesTheDemo() throws Exception {
        String command = SERVER.equals("payara") ? command("mvn -Prun,payara", "`") : command("mvn -Prun", "\n");
        int port = ServerProcess.freePort();
        Path log = WORK.resolve("run.log");
        Process maven = Commands.in(CHECKOUT)
                .start(log, words(command + " -Dhttp.port=" + port + " -Dadmin.port=" + ServerProcess.freePort()));
        try {
            awaitPage(port, maven, log);
        } finally {
            stop(maven);
        }
    }

    private static void awaitPage(int port, Process maven, Path log) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        String page = "";
        while (!page.contains("<title>Thespis</title>")) {
            assertThat(maven.isAlive() && System.nanoTime() < end)
                    .as(() -> read(log))
                    .isTrue();
            try {
                page = client.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                Thread.onSpinWait(); // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** As a stop from outside: the server must go with it. */
    private static void stop(Process maven) throws Exception {
        List<ProcessHandle> all = maven.descendants().toList();
        maven.destroy();
        for (ProcessHandle process : all) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    private static void copySources() throws IOException {
        removeWhatIsNoSourceAnyMore();
        Files.walkFileTree(Node.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_SOURCES.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(CHECKOUT.resolve(Node.ROOT.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = CHECKOUT.resolve(Node.ROOT.relativize(file));
                if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A checkout with any file too many is no copy of the sources: then it is made anew. */
    private static void removeWhatIsNoSourceAnyMore() throws IOException {
        remove(WORK);
        if (Files.exists(CHECKOUT)) {
            boolean same;
            try (Stream<Path> old = Files.walk(CHECKOUT)) {
                same = old.filter(path -> !isBuilt(path))
                        .allMatch(path -> Files.exists(Node.ROOT.resolve(CHECKOUT.relativize(path))));
            }
            if (!same) {
                remove(CHECKOUT);
            }
        }
    }

    private static boolean isBuilt(Path path) {
        for (Path part : CHECKOUT.relativize(path)) {
            if (NOT_SOURCES.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void write(String file, String text) throws IOException {
        Path path = PROJECT.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static Result run(Path folder, String command) {
        return Commands.in(folder).run(BUILD_MINUTES, words(command)).requireSuccess();
    }

    private static List<String> words(String command) {
        return Arrays.asList(command.split(" "));
    }

    /** The fenced block that follows a title. */
    private static String block(String title) {
        return block(title + "\n\n```", "```");
    }

    private static String block(String start, String end) {
        Matcher matcher = Pattern.compile(Pattern.quote(start) + "\\w*\n(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(readme());
        assertThat(matcher.find()).as(start).isTrue();
        return matcher.group(1);
    }

    /** The indented command that starts so. */
    private static String command(String start) {
        return command("\n    " + start, "\n").strip();
    }

    private static String command(String start, String end) {
        int from = readme().indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return readme().substring(from, readme().indexOf(end, from + start.length()));
    }

    private static String readme() {
        return read(Node.ROOT.resolve("README.md"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
