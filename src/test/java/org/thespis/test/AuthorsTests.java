package org.thespis.test;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.thespis.testkit.TestKit;

/** Tests of authors, written for the test kit, as they run against a server. */
final class AuthorsTests implements TestExecutionListener {

    private final List<String> passed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final StringWriter stackTraces = new StringWriter();

    private AuthorsTests() {}

    static AuthorsTests run(String endpoint, Class<?>... classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        AuthorsTests outcome = new AuthorsTests();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        System.setProperty(TestKit.ENDPOINT, endpoint);
        try {
            LauncherFactory.create().execute(request.build(), outcome, summary);
        } finally {
            System.clearProperty(TestKit.ENDPOINT);
        }
        summary.getSummary().printFailuresTo(new PrintWriter(outcome.stackTraces));
        return outcome;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String name = test.getDisplayName();
        String why = result.getThrowable().map(Throwable::toString).orElse("");
        if (result.getStatus() == Status.FAILED) {
            failed.add(name + ": " + why);
        } else if (result.getStatus() == Status.ABORTED) {
            skipped.add(name + ": " + why);
        } else if (test.isTest()) {
            passed.add(name);
        }
    }

    List<String> passed() {
        return passed;
    }

    /** Each with the reason. */
    List<String> skipped() {
        return skipped;
    }

    List<String> failed() {
        return failed;
    }

    @Override
    public String toString() {
        return passed.size() + " passed " + passed + ", " + skipped.size() + " skipped " + skipped + "\n" + stackTraces;
    }
}
