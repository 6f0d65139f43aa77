package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway is there before the host that it waits for. */
@ExtendWith(ArquillianExtension.class)
class StartOrderIT {

    private static final Duration TIME = Duration.ofSeconds(20);

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.gatewayFirst();
    }

    @ArquillianResource
    URL url;

    @Test
    void callsAreAnswered() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + url.getHost() + ":" + url.getPort()
                        + "/gateway/chatRoom/action/history?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                        + UUID.randomUUID()))
                .timeout(TIME)
                .header("x-rivet-conn-params", "{\"name\":\"ann\"}")
                .POST(BodyPublishers.ofString("{\"args\":[]}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.body()).startsWith("{\"output\":");
    }
}
