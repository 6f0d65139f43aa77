package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The EAR as built, seen by a browser: two windows on the demo page. */
@ExtendWith(ArquillianExtension.class)
class DemoIT {

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.asBuilt();
    }

    @ArquillianResource
    URL url;

    @Test
    void twoWindowsTalk() {
        Node.require();
        Commands.Result result = Node.inBrowserTests()
                .env("ENDPOINT", "http://" + url.getHost() + ":" + url.getPort())
                .env("SCREENSHOTS", Report.folder("screenshots").toString())
                .npm("run", "-s", "demo");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
