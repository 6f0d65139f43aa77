package org.thespis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Binds settings in the JNDI of the running server, with the commands that users are shown, and takes them away again. */
final class ServerSettings implements AutoCloseable {

    private static final boolean PAYARA =
            System.getProperty("arquillian.launch").equals("payara");
    private static final Path EXAMPLE =
            Node.ROOT.resolve("server-config").resolve(PAYARA ? "payara/actors.asadmin" : "wildfly/actors.cli");
    private static final long MINUTES = 2;

    /** Else WildFly has what was taken away until it is loaded anew, and so have the applications of other tests. */
    private static final String AT_ONCE = "{allow-resource-service-restart=true}";

    private final List<String> commands;

    private ServerSettings(List<String> commands) {
        this.commands = commands;
    }

    /** Those of the example of {@code server-config}. */
    static ServerSettings ofExample() {
        return of(EXAMPLE, UnaryOperator.identity());
    }

    /**
     * Those of a script of {@code server-config}.
     *
     * @param fitting makes of each line what is to be said here
     */
    static ServerSettings of(Path script, UnaryOperator<String> fitting) {
        try {
            ServerSettings settings = new ServerSettings(Files.readAllLines(script).stream()
                    .filter(line -> line.startsWith("/subsystem") || line.startsWith("create-"))
                    .map(fitting)
                    .toList());
            settings.run(settings.commands);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> commands() {
        return commands;
    }

    /** Gives what the example binds another value. */
    List<String> change(String name, String from, String to) {
        String bound = commands.stream()
                .filter(command -> command.contains(name))
                .findFirst()
                .orElseThrow();
        String other = bound.replace(from, to);
        List<String> lines =
                PAYARA ? List.of(removing(bound), other) : List.of(other.replaceFirst(":add\\(", ":rebind("));
        run(lines);
        return lines;
    }

    private static String removing(String command) {
        return PAYARA
                ? "delete-custom-resource " + command.substring(command.lastIndexOf(' ') + 1)
                : command.replaceFirst(":add\\(.*", ":remove" + AT_ONCE);
    }

    @Override
    public void close() {
        List<String> removing =
                new ArrayList<>(commands.stream().map(ServerSettings::removing).toList());
        Collections.reverse(removing); // what is below something goes before it
        run(removing);
    }

    private void run(List<String> lines) {
        try {
            Path file = Files.createTempFile("settings", ".txt");
            Files.write(file, lines);
            Commands.in(file.getParent()).run(MINUTES, command(file)).requireSuccess();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path file) {
        return PAYARA
                ? List.of(System.getProperty("payara.home") + "/bin/asadmin", "multimode", "--file", file.toString())
                : List.of(
                        System.getProperty("jboss.home") + "/bin/jboss-cli.sh",
                        "--connect",
                        "--controller=localhost:29990",
                        "--file=" + file);
    }
}
