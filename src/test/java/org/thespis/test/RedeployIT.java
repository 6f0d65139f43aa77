package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deploys and undeploys the EAR again and again on one server. */
@ExtendWith(ArquillianExtension.class)
class RedeployIT {

    private static final String APP = "again";
    private static final boolean ON_PAYARA =
            System.getProperty("arquillian.launch").equals("payara");
    private static final int TIMES = 20;
    private static final int GOING_AWAY = 1001;

    /** Some threads and caches of the servers refer to the last deployments until they are used again. */
    private static final int KEPT_BY_OTHERS = 5;

    @Deployment(name = APP, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return TestEar.asBuilt();
    }

    @ArquillianResource
    Deployer deployer;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void clientsAreToldAndLittleIsLeftBehind() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            deployer.deploy(APP);
            Listener client = new Listener();
            connect(client);
            assertThat(client.opened.get(30, TimeUnit.SECONDS)).contains("Init");
            deployer.undeploy(APP);
            assertThat(client.closed.get(30, TimeUnit.SECONDS)).isEqualTo(GOING_AWAY);
        }
        String histogram = histogram();
        Report.write("redeploys", instances(histogram, "ActorSystem") + " of " + TIMES + " actor systems left\n");
        // Payara's HTTP threads keep up to 16 request objects each for later use, those of WebSockets with all of their
        // application, until they serve another WebSocket
        if (!ON_PAYARA) {
            assertThat(instances(histogram, "ActorSystem")).as(histogram).isLessThanOrEqualTo(KEPT_BY_OTHERS);
        }
    }

    private void connect(Listener client) {
        String query = "rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=a";
        http.newWebSocketBuilder()
                .subprotocols("rivet", "rivet_encoding.json", "rivet_conn_params.%7B%22name%22%3A%22ann%22%7D")
                .buildAsync(URI.create("ws://localhost:" + port() + "/gateway/chatRoom/connect?" + query), client)
                .join();
    }

    private static int port() {
        return ON_PAYARA ? 8080 : 28080;
    }

    private static final class Listener implements WebSocket.Listener {
        final CompletableFuture<String> opened = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            opened.complete(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    /** Live objects of our classes, after a collection. */
    private static String histogram() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String all = Commands.in(Node.ROOT)
                .run(2, List.of(jcmd, serverPid(), "GC.class_histogram"))
                .requireSuccess()
                .output();
        return String.join(
                "\n", all.lines().filter(l -> l.contains("org.thespis.")).toList());
    }

    private static String serverPid() throws IOException {
        String payara = System.getProperty("payara.home");
        if (payara != null) {
            return Files.readString(Path.of(payara, "glassfish/domains/domain1/config/pid"))
                    .strip();
        }
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("jboss-modules"))
                .map(p -> Long.toString(p.pid()))
                .findFirst()
                .orElseThrow();
    }

    private static int instances(String histogram, String type) {
        return histogram
                .lines()
                .filter(l -> l.matches(".*org\\.thespis\\.runtime\\." + type + "( .*)?"))
                .mapToInt(l -> Integer.parseInt(l.strip().split("\\s+")[1]))
                .sum();
    }
}
