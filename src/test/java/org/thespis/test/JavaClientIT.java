package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.client.Encoding;

/** The Java client inside of an application on the server: by the server's WebSockets and on its threads. */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class JavaClientIT {

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withClient();
    }

    @ArquillianResource
    URL url;

    private final String key = UUID.randomUUID().toString();

    private String ask(String what, Encoding encoding) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + url.getHost() + ":" + url.getPort() + "/client/desk?do=" + what + "&encoding="
                + encoding + "&key=" + key);
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @EnumSource
    void callsWithoutAConnection(Encoding encoding) throws Exception {
        assertThat(ask("stateless", encoding)).isEqualTo("5 5");
    }

    @ParameterizedTest
    @EnumSource
    void hearsEventsOfItsConnection(Encoding encoding) throws Exception {
        assertThat(ask("connected", encoding)).isEqualTo("7 7");
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsOnTheirWayAreAnsweredInOrder(Encoding encoding) throws Exception {
        assertThat(ask("many", encoding)).isEqualTo("all");
    }

    @ParameterizedTest
    @EnumSource
    void callbacksHaveTheContextOfTheApplication(Encoding encoding) throws Exception {
        assertThat(ask("context", encoding)).isEqualTo("true thespis");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionToAMissingActorEnds(Encoding encoding) throws Exception {
        assertThat(ask("missing", encoding)).isEqualTo("not_found");
    }

    @ParameterizedTest
    @EnumSource
    void errorsHaveTheirCode(Encoding encoding) throws Exception {
        assertThat(ask("refused", encoding)).isEqualTo("invalid_argument");
    }

    @Test
    void theContainerIsThatOfTheServer() throws Exception {
        boolean isPayara = System.getProperty("arquillian.launch").equals("payara");
        assertThat(ask("container", Encoding.BARE)).contains(isPayara ? "tyrus" : "undertow");
    }
}
