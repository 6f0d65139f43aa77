package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The conformance suite with the unmodified clients of npm. */
@ExtendWith(ArquillianExtension.class)
class ConformanceIT {

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @ArquillianResource
    URL url;

    /** Payara, which is slower, is asked in the third encoding by {@link TokenConformanceIT}. */
    private static String encodings() {
        boolean payara = System.getProperty("arquillian.launch").equals("payara");
        return System.getProperty("conformance.encodings", payara ? "json,cbor" : "json,cbor,bare");
    }

    @Test
    void passes() throws Exception {
        Node.require();
        String endpoint = "http://" + url.getHost() + ":" + url.getPort();
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", endpoint)
                .env("ENCODINGS", encodings())
                .npm("run", "-s", "verify");
        Report.write("conformance", result.lastLines("suite "));
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
