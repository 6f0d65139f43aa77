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

    /** {@link TokenConformanceIT} asks in the third. */
    private static final String ENCODINGS = System.getProperty("conformance.encodings", "json,cbor");

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @ArquillianResource
    URL url;

    @Test
    void passes() throws Exception {
        Node.require();
        String endpoint = "http://" + url.getHost() + ":" + url.getPort();
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", endpoint)
                .env("ENCODINGS", ENCODINGS)
                .npm("run", "-s", "verify");
        Report.write("conformance", result.lastLines("suite "));
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
