package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demo's own tests, as they run in its build, against the demo that is deployed. */
@ExtendWith(ArquillianExtension.class)
class DeployedTestsIT {

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.asBuilt();
    }

    @ArquillianResource
    URL url;

    @Test
    void theTestsOfTheDemoPassAndWhatNeedsTheKitIsSkippedAndSaysSo() throws Exception {
        AuthorsTests outcome = AuthorsTests.run(
                "http://" + url.getHost() + ":" + url.getPort(),
                Class.forName("org.thespis.demo.ChatRoomTest"),
                Class.forName("org.thespis.demo.GameRoomTest"));
        Report.write("deployed-tests", outcome.toString());
        assertThat(outcome.failed()).as(outcome.toString()).isEmpty();
        assertThat(outcome.passed())
                .contains(
                        "aMessageReachesAllWhoAreHere()",
                        "aPrivateMessageReachesOnlyWhoIsNamed()",
                        "whoComesAndGoesIsTold()",
                        "aGuestNeedsAName()",
                        "anEmptyMessageIsRefused()",
                        "aMoveReachesAllTheOthers()",
                        "aPositionOutsideOfTheFieldIsRefused()",
                        "whoPlaysInTwoWindowsLeavesWithTheLast()");
        assertThat(outcome.skipped())
                .hasSize(3)
                .allMatch(skip -> skip.contains("is for actors that the kit runs itself"))
                .anyMatch(skip -> skip.startsWith("theHistoryOutlivesAKilledServerAndIsReadByThePage()")
                        && skip.contains("crash()"))
                .anyMatch(skip -> skip.startsWith("anEmptyRoomFallsAsleepAndRemembers()") && skip.contains("clock()"));
    }
}
