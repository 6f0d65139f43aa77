import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Configures a freshly unpacked WildFly or Payara, deploys an EAR and runs the server until Ctrl-C. A single-file
 * program: {@code java RunServer.java (wildfly|payara) HOME EAR HTTP_PORT ADMIN_PORT [SCRIPT DRIVER]}, with 0 for the
 * default port of administration, or another if that is taken; SCRIPT ({@code postgresql}, or several with commas between) is applied in place of
 * {@code development}, and the first of them needs a JDBC driver.
 * With {@code -Dkeycloak=HOME} a Keycloak is started before, on {@code -Dkeycloak.port}, and the server is told of it.
 */
final class RunServer {

    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String BROKER = "<jms-service type=\"EMBEDDED\" default-jms-host=\"default_JMS_host\">"
            + "<jms-host name=\"default_JMS_host\" host=\"" + LOOPBACK
            + "\" port=\"${JMS_PROVIDER_PORT}\"/></jms-service>";
    private static final long START_SECONDS = Long.getLong("start.seconds", 180);

    /** A server that was run before is started as it was left, configured and with its EAR. */
    private static final boolean AGAIN = Boolean.getBoolean("again");

    private static final long STOP_SECONDS = 30;

    /** Blank for none. */
    private static final String KEYCLOAK = System.getProperty("keycloak", "");

    /** That in the scripts of the server. */
    private static final String KEYCLOAK_PORT = "8180";

    private static final String REALM = "thespis-realm.json";

    private final Path home;
    private final Path ear;
    private final int httpPort;
    private final int adminPort;
    private final Path configuration;
    private final List<String> scripts;
    private final Path driver;
    private final Set<Integer> ports;

    private RunServer(
            Path home, Path ear, int httpPort, int adminPort, Path configuration, List<String> scripts, Path driver) {
        this.home = home;
        this.ear = ear;
        this.httpPort = httpPort;
        this.adminPort = adminPort;
        this.configuration = configuration;
        this.scripts = scripts;
        this.driver = driver;
        this.ports = new HashSet<>(List.of(httpPort, adminPort));
    }

    public static void main(String[] arguments) throws Exception {
        boolean wildfly = arguments[0].equals("wildfly");
        int admin = Integer.parseInt(arguments[4]);
        RunServer runner = new RunServer(
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]),
                admin != 0 ? admin : freeOr(wildfly ? 9990 : 4848),
                Path.of("server-config", arguments[0]),
                List.of((arguments.length > 5 ? arguments[5] : "development").split(",")),
                arguments.length > 6 ? Path.of(arguments[6]) : null);
        requireFree(runner.httpPort, "http.port");
        requireFree(runner.adminPort, "admin.port");
        if (!KEYCLOAK.isBlank()) {
            startKeycloak();
        }
        Process server = wildfly ? runner.startWildFly() : runner.startPayara();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        runner.announce(wildfly ? "WildFly" : "Payara", server);
        System.exit(server.waitFor());
    }

    /** A port, or another one if it is taken. */
    private static int freeOr(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }

    private static void requireFree(int port, String property) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            System.err.printf(
                    "%n*** Port %d is taken. Stop the program that uses it, or choose another port with -D%s=NUMBER%n%n",
                    port, property);
            System.exit(1);
        }
    }

    /** A port that nobody has now, and that this server will not have for something else. */
    private int freePort() throws IOException {
        int port;
        do {
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
        } while (!ports.add(port));
        return port;
    }

    /** Returns when users can log in. */
    private static void startKeycloak() throws IOException, InterruptedException {
        String port = keycloakPort();
        requireFree(Integer.parseInt(port), "keycloak.port");
        Path home = Path.of(KEYCLOAK);
        Path imported = Files.createDirectories(home.resolve("data/import"));
        Files.copy(
                Path.of("server-config/keycloak", REALM), imported.resolve(REALM), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = builder(
                home.resolve("bin/kc" + (WINDOWS ? ".bat" : ".sh"))
                        .toAbsolutePath()
                        .toString(),
                "start-dev",
                "--import-realm",
                "--cache=local",
                "--http-host=" + LOOPBACK,
                "--http-port=" + port);
        builder.environment().putIfAbsent("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().putIfAbsent("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        builder.environment().putIfAbsent("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        Process keycloak = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(keycloak)));
        String realm = "http://localhost:" + port + "/realms/thespis";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers(realm, "thespis")) {
            if (!keycloak.isAlive() || System.nanoTime() > end) {
                System.err.printf("%n*** Keycloak did not start; see above ***%n%n");
                System.exit(1);
            }
            Thread.sleep(200);
        }
    }

    private static String keycloakPort() {
        return System.getProperty("keycloak.port", KEYCLOAK_PORT);
    }

    /** What the server is told of Keycloak, in a file of its own as the port may be another one. */
    private Path sso(String script) throws IOException {
        String lines = Files.readString(configuration.resolve(script));
        Path written = home.resolve(script).toAbsolutePath();
        Files.writeString(written, lines.replace(KEYCLOAK_PORT, keycloakPort()));
        return written;
    }

    private Process startWildFly() throws IOException, InterruptedException {
        if (!AGAIN) {
            restore(home.resolve("standalone/configuration/standalone.xml"));
            apply("thespis.cli");
            for (String script : scripts) {
                apply(script + ".cli");
            }
            if (!KEYCLOAK.isBlank()) {
                run(script("jboss-cli"), "--file=" + sso("sso.cli"));
            }
            deploy(home.resolve("standalone/deployments"));
            copyDriver(home.resolve("standalone/deployments"));
        }
        return start(
                script("standalone"),
                "-Djboss.http.port=" + httpPort,
                "-Djboss.https.port=" + freePort(), // the default one is that of any other WildFly
                "-Djboss.management.http.port=" + adminPort,
                "-Djboss.bind.address=" + LOOPBACK,
                "-Djboss.bind.address.management=" + LOOPBACK);
    }

    private void apply(String file) throws IOException, InterruptedException {
        run(script("jboss-cli"), "--file=" + configuration.resolve(file).toAbsolutePath());
    }

    private Process startPayara() throws IOException {
        Path domain = home.resolve("glassfish/domains/domain1");
        Path settings = domain.resolve("config/domain.xml");
        restore(settings);
        // where the message broker listens is read before any boot command runs; by default on all interfaces
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace("\"7676\"", "\"" + freePort() + "\"")
                        .replace("<config name=\"server-config\">", "<config name=\"server-config\">" + BROKER));
        empty(domain.resolve("applications"));
        empty(domain.resolve("generated"));
        deploy(domain.resolve("autodeploy"));
        copyDriver(domain.resolve("lib"));
        String listener = "set configs.config.server-config.network-config.network-listeners.network-listener.";
        List<String> commands = new ArrayList<>(Files.readAllLines(configuration.resolve("thespis.asadmin")));
        for (String script : scripts) {
            commands.addAll(Files.readAllLines(configuration.resolve(script + ".asadmin")));
        }
        if (!KEYCLOAK.isBlank()) {
            commands.addAll(Files.readAllLines(sso("sso.asadmin")));
        }
        String server = "set configs.config.server-config.";
        commands.add(listener + "http-listener-1.port=" + httpPort);
        commands.add(listener + "admin-listener.port=" + adminPort);
        // the demo needs no other ports, and those of the default domain may be taken
        commands.add(server + "iiop-service.iiop-listener.orb-listener-1.port=" + freePort());
        commands.add(server + "iiop-service.iiop-listener.orb-listener-1.address=" + LOOPBACK);
        commands.add(listener + "http-listener-1.address=" + LOOPBACK);
        commands.add(listener + "admin-listener.address=" + LOOPBACK);
        commands.add(listener + "http-listener-2.enabled=false");
        commands.add(server + "iiop-service.iiop-listener.SSL.enabled=false");
        commands.add(server + "iiop-service.iiop-listener.SSL_MUTUALAUTH.enabled=false");
        commands.add(server + "admin-service.jmx-connector.system.enabled=false");
        Path preboot = home.resolve("preboot.asadmin").toAbsolutePath();
        Files.write(preboot, commands);
        return start(script("asadmin"), "start-domain", "--verbose", "--prebootcommandfile", preboot.toString());
    }

    /** Gives a configuration file back as it was unpacked. */
    private static void restore(Path file) throws IOException {
        Path unpacked = file.resolveSibling(file.getFileName() + ".unpacked");
        if (!Files.exists(unpacked)) {
            Files.copy(file, unpacked);
        } else {
            Files.copy(unpacked, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Replaces what was deployed before. */
    private void deploy(Path folder) throws IOException {
        empty(folder);
        Files.copy(ear, folder.resolve(ear.getFileName()));
    }

    private void copyDriver(Path folder) throws IOException {
        if (driver != null) {
            Files.copy(driver, folder.resolve(scripts.get(0) + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }

    private String script(String name) {
        return home.resolve("bin")
                .resolve(name + (WINDOWS ? ".bat" : name.equals("asadmin") ? "" : ".sh"))
                .toAbsolutePath()
                .toString();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = builder(command);
        int exit = builder.start().waitFor();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit);
        }
    }

    private static Process start(String... command) throws IOException {
        System.out.println("*** Starting " + command[0]);
        return builder(command).start();
    }

    private static ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
        builder.environment().put("NOPAUSE", "true");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static java.io.File nothing() {
        return new java.io.File(WINDOWS ? "NUL" : "/dev/null");
    }

    private void announce(String name, Process server) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (server.isAlive() && System.nanoTime() < end) {
            if (isHealthy()) {
                System.out.printf(
                        "%n*** Thespis runs on %s: http://localhost:%d/ (Ctrl-C stops it) ***%n%n", name, httpPort);
                if (!KEYCLOAK.isBlank()) {
                    System.out.printf(
                            "*** Log in as alice, who moderates, or bob; passwords are their names."
                                    + " Keycloak: http://localhost:%s/ (admin, admin) ***%n%n",
                            keycloakPort());
                }
                return;
            }
            Thread.sleep(200);
        }
        if (server.isAlive()) {
            System.err.printf("%n*** Thespis did not start within %d seconds; see above ***%n%n", START_SECONDS);
            System.exit(1);
        }
    }

    private boolean isHealthy() {
        return answers("http://localhost:" + httpPort + "/metadata", "thespis");
    }

    private static boolean answers(String address, String text) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes()).contains(text);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops the server in order; the script in front of it would leave it running. */
    private static void stop(Process script) {
        List<ProcessHandle> all = new ArrayList<>(script.descendants().toList());
        all.add(script.toHandle());
        all.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        for (ProcessHandle process : all) {
            try {
                process.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (Exception e) {
                process.destroyForcibly();
            }
        }
    }
}
