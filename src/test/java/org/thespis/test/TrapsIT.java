package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.stray.Forgotten;
import org.thespis.test.fixture.stray.Hidden;
import org.thespis.test.fixture.stray.Unfinished;

/** What somebody new gets wrong in an EAR, and is told. */
@ExtendWith(ArquillianExtension.class)
class TrapsIT {

    private static final String STRAY = "stray";
    private static final String HIDDEN = "hidden";
    private static final String MISSPELT = "misspelt";
    private static final String LONELY = "lonely";

    @Deployment(name = STRAY, managed = false, testable = false)
    static EnterpriseArchive stray() {
        return TestEar.withoutHost(STRAY, Unfinished.class)
                .addAsModule(ShrinkWrap.create(WebArchive.class, "stray.war").addClass(Forgotten.class));
    }

    @Deployment(name = HIDDEN, managed = false, testable = false)
    static EnterpriseArchive hidden() {
        return TestEar.withoutHost(
                HIDDEN,
                ShrinkWrap.create(JavaArchive.class, "closed.jar")
                        .addClass(Hidden.class)
                        .addAsManifestResource(new StringAsset(CLOSED), "beans.xml"));
    }

    @Deployment(name = MISSPELT, managed = false, testable = false)
    static EnterpriseArchive misspelt() {
        return TestEar.withFixtures(Map.of("max-waitng-calls", 5));
    }

    @Deployment(name = LONELY, managed = false, testable = false)
    static EnterpriseArchive lonely() {
        return TestEar.withoutEjb();
    }

    private static final String CLOSED =
            """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="none"/>
            """;

    @ArquillianResource
    Deployer deployer;

    @Test
    void classesThatAreMeantToBeActorsRefuseTheDeployment() {
        assertThatThrownBy(() -> deployer.deploy(STRAY))
                .satisfies(e -> assertThat(TestEar.wholeText(e) + TestEar.serverLog())
                        .contains("THESPIS-120: " + Unfinished.class.getName())
                        .contains("THESPIS-123: " + Forgotten.class.getName() + " in stray"));
    }

    @Test
    void anActorThatCdiDoesNotLookAtIsNamedInTheLog() {
        deployer.deploy(HIDDEN);
        deployer.undeploy(HIDDEN);
        assertThat(TestEar.serverLog())
                .contains(Hidden.class.getName() + " in lib/closed.jar has @Actor")
                .contains("bean-discovery-mode=\"none\"");
    }

    @Test
    void aSettingThatIsNoneIsNamedInTheLog() {
        deployer.deploy(MISSPELT);
        deployer.undeploy(MISSPELT);
        assertThat(TestEar.serverLog())
                .contains("thespis/max-waitng-calls is no setting of Thespis; is max-waiting-calls meant?");
    }

    @Test
    void anEarThatStartsNoActorsIsRefused() {
        assertThatThrownBy(() -> deployer.deploy(LONELY))
                .satisfies(e -> assertThat(TestEar.wholeText(e) + TestEar.serverLog())
                        .contains("THESPIS-126: the application has no thespis-ejb"));
    }
}
