package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.till.jms.JmsTill;

/** State, rows and JMS messages commit together, or nothing does. WildFly is given a broker for it, and loses it again. */
@ExtendWith(ArquillianExtension.class)
class TransactedMessagesIT {

    private static final String APP = "messages";
    private static final boolean WILDFLY =
            System.getProperty("arquillian.launch").equals("wildfly");
    private static final String SERVER = "localhost:" + (WILDFLY ? "28080" : "8080");
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final long CLI_MINUTES = 5;

    @Deployment(name = APP, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return TillEar.with(
                ShrinkWrap.create(JavaArchive.class, "till-jms.jar").addPackage(JmsTill.class.getPackage()));
    }

    @ArquillianResource
    Deployer deployer;

    @BeforeEach
    void begin() {
        if (WILDFLY) {
            cli(
                    "/extension=org.wildfly.extension.messaging-activemq:add",
                    "/subsystem=messaging-activemq:add",
                    "reload",
                    "/subsystem=messaging-activemq/server=default:add(security-enabled=false,persistence-enabled=false)",
                    "/subsystem=messaging-activemq/server=default/in-vm-connector=in-vm:add(server-id=0)",
                    "/subsystem=messaging-activemq/server=default/in-vm-acceptor=in-vm:add(server-id=0)",
                    "/subsystem=messaging-activemq/server=default/pooled-connection-factory=activemq-ra:add("
                            + "entries=[java:/JmsXA,java:jboss/DefaultJMSConnectionFactory],connectors=[in-vm],transaction=xa)",
                    "/subsystem=ee/service=default-bindings:write-attribute(name=jms-connection-factory,"
                            + "value=java:jboss/DefaultJMSConnectionFactory)",
                    "reload");
        }
        deployer.deploy(APP);
    }

    @AfterEach
    void end() {
        deployer.undeploy(APP);
        if (WILDFLY) {
            cli(
                    "/subsystem=ee/service=default-bindings:undefine-attribute(name=jms-connection-factory)",
                    "/subsystem=messaging-activemq:remove",
                    "/extension=org.wildfly.extension.messaging-activemq:remove",
                    "reload");
        }
    }

    private static void cli(String... commands) {
        Path cli = Path.of(System.getProperty("jboss.home"), "bin", "jboss-cli.sh");
        Path script = Report.folder("messages").resolve("wildfly.cli");
        try {
            Files.write(script, List.of(commands));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.in(Node.ROOT)
                .run(
                        CLI_MINUTES,
                        List.of(cli.toString(), "--connect", "--controller=localhost:29990", "--file=" + script))
                .requireSuccess();
    }

    private static String call(String action, String arguments) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://" + SERVER + "/gateway/jmsTill/action/" + action + "?" + Bystander.query("a")))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void messagesAreSentAndTakenWithTheCommitOnly() throws Exception {
        assertThat(call("send", "1,\"\"")).startsWith("{\"output\":");
        assertThat(call("send", "2,\"throw\"")).contains("\"no\"");
        assertThat(call("send", "3,\"rollback only\"")).contains("\"rolled_back\"");
        assertThat(call("send", "4,\"\"")).startsWith("{\"output\":");
        assertThat(call("look", "")).isEqualTo("{\"output\":\"[1, 4] [1, 4] []\"}");
        assertThat(call("receive", "\"throw\"")).contains("\"no\"");
        assertThat(call("receive", "\"rollback only\"")).contains("\"rolled_back\"");
        assertThat(call("look", "")).isEqualTo("{\"output\":\"[1, 4] [1, 4] []\"}");
        assertThat(call("receive", "\"\"")).isEqualTo("{\"output\":[1,4]}");
        assertThat(call("receive", "\"\"")).isEqualTo("{\"output\":[]}");
        assertThat(call("look", "")).isEqualTo("{\"output\":\"[1, 4] [1, 4] [1, 4]\"}");
    }
}
