package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code thespis.js} as the server serves it, in a browser; beside the npm client; and its types. */
@ExtendWith(ArquillianExtension.class)
class BrowserModuleIT {

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @ArquillianResource
    URL url;

    @BeforeEach
    void requireNode() {
        Node.require();
    }

    @Test
    void worksInABrowser() {
        assertPasses(Node.inBrowserTests()
                .env("ENDPOINT", "http://" + url.getHost() + ":" + url.getPort())
                .npm("run", "-s", "module"));
    }

    @Test
    void doesWhatTheNpmClientDoes() {
        assertPasses(Node.inConformance().npm("run", "-s", "alike"));
    }

    @Test
    void tellsEditorsItsTypes() {
        assertPasses(Node.inBrowserTests().npm("run", "-s", "types"));
    }

    private static void assertPasses(Commands.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
