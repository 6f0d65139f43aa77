package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.till.jms.JmsTill;

/** State, rows and JMS messages commit together, or nothing does. */
@ExtendWith(ArquillianExtension.class)
class TransactedMessagesIT {

    private static final Duration TIME = Duration.ofSeconds(60);

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TillEar.with(
                ShrinkWrap.create(JavaArchive.class, "till-jms.jar").addPackage(JmsTill.class.getPackage()));
    }

    @ArquillianResource
    URL url;

    private String call(String action, String arguments) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + url.getHost() + ":" + url.getPort()
                        + "/gateway/jmsTill/action/" + action + "?" + Bystander.query("a")))
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
