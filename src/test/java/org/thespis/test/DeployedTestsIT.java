package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.thespis.testkit.TestKit;

/** The demo's own tests, as they run in its build, against the demo that is deployed. */
@ExtendWith(ArquillianExtension.class)
class DeployedTestsIT {

    private static final String TESTS = "org.thespis.demo.";

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.asBuilt();
    }

    @ArquillianResource
    URL url;

    @Test
    void theTestsOfTheDemoPassAndWhatNeedsTheKitIsSkippedAndSaysSo() throws Exception {
        Outcome outcome = run("http://" + url.getHost() + ":" + url.getPort(), "ChatRoomTest", "GameRoomTest");
        assertThat(outcome.failures).as(outcome.told).isEmpty();
        assertThat(outcome.passed)
                .contains(
                        "aMessageReachesAllWhoAreHere()",
                        "aPrivateMessageReachesOnlyWhoIsNamed()",
                        "whoComesAndGoesIsTold()",
                        "aGuestNeedsAName()",
                        "anEmptyMessageIsRefused()");
        assertThat(outcome.skipped)
                .as(outcome.told)
                .anyMatch(skip -> skip.startsWith("theHistoryOutlivesAKilledServerAndIsReadByThePage()")
                        && skip.contains("crash() is for actors that the kit runs itself"))
                .anyMatch(skip -> skip.startsWith("anEmptyRoomFallsAsleepAndRemembers()") && skip.contains("clock()"));
        Report.write("deployed-tests", outcome.told);
    }

    private static final class Outcome implements TestExecutionListener {

        private final List<String> passed = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private String told;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String name = test.getDisplayName();
            String why = result.getThrowable().map(Throwable::toString).orElse("");
            if (result.getStatus() == Status.FAILED) {
                failures.add(name + ": " + why);
            } else if (result.getStatus() == Status.ABORTED) {
                skipped.add(name + ": " + why);
            } else if (test.isTest()) {
                passed.add(name);
            }
        }
    }

    private static Outcome run(String endpoint, String... classes) throws Exception {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : classes) {
            request.selectors(selectClass(Class.forName(TESTS + name)));
        }
        Outcome outcome = new Outcome();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        System.setProperty(TestKit.ENDPOINT, endpoint);
        try {
            LauncherFactory.create().execute(request.build(), outcome, summary);
        } finally {
            System.clearProperty(TestKit.ENDPOINT);
        }
        StringWriter told = new StringWriter();
        summary.getSummary().printFailuresTo(new PrintWriter(told));
        outcome.told = outcome.passed.size() + " passed " + outcome.passed + ", " + outcome.skipped.size() + " skipped "
                + outcome.skipped + "\n" + told;
        return outcome;
    }
}
