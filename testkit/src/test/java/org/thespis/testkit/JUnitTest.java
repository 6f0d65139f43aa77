package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The kit in each life cycle that JUnit has, and against a server that nobody runs. */
class JUnitTest {

    private static final Map<String, String> IN_PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    @AfterEach
    void end() {
        System.clearProperty(TestKit.ENDPOINT);
    }

    private static final class Outcomes implements TestExecutionListener {

        private final List<String> passed = Collections.synchronizedList(new ArrayList<>());
        private final List<String> skipped = Collections.synchronizedList(new ArrayList<>());
        private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String told = test.getDisplayName() + " "
                    + result.getThrowable().map(Throwable::toString).orElse("");
            if (result.getStatus() == Status.SUCCESSFUL && test.isTest()) {
                passed.add(told);
            } else if (result.getStatus() == Status.ABORTED) {
                skipped.add(told);
            } else if (result.getStatus() == Status.FAILED) {
                failed.add(told);
            }
        }
    }

    private static Outcomes run(Map<String, String> configuration, Class<?>... classes) {
        Outcomes outcomes = new Outcomes();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .configurationParameters(configuration)
                                .build(),
                        outcomes);
        return outcomes;
    }

    @Test
    void testsInParallelHaveWorldsOfTheirOwn() {
        Outcomes outcomes = run(IN_PARALLEL, LifeCycles.One.class, LifeCycles.Another.class);
        assertThat(outcomes.failed).isEmpty();
        assertThat(outcomes.passed).hasSize(16);
    }

    @Test
    void aKitOfTheClassServesItsTestsOneByOneAndThoseInside() {
        Outcomes outcomes = run(Map.of(), LifeCycles.OfTheClass.class, LifeCycles.OneInstance.class);
        assertThat(outcomes.failed).isEmpty();
        assertThat(outcomes.passed).hasSize(9);
    }

    @Test
    void aKitOfTheClassRefusesTestsInParallelAndSaysWhy() {
        Outcomes outcomes = run(IN_PARALLEL, LifeCycles.OfTheClass.class);
        assertThat(outcomes.failed).allMatch(told -> told.contains("a kit is for one test at a time"));
        assertThat(outcomes.failed.size() + outcomes.passed.size()).isEqualTo(5);
        assertThat(outcomes.passed).isNotEmpty();
    }

    @Test
    void beforeAllComesTooEarlyAndIsToldSo() {
        Outcomes outcomes = run(Map.of(), LifeCycles.BeforeAllTests.class);
        assertThat(outcomes.failed)
                .singleElement()
                .asString()
                .contains("@RegisterExtension", "not in @BeforeAll or @AfterAll", "connect()");
    }

    @Test
    void againstAServerWhatIsInNobodysHandIsSkippedAndSaysSo() {
        System.setProperty(TestKit.ENDPOINT, "http://127.0.0.1:1");
        Outcomes outcomes = run(Map.of(), LifeCycles.Remote.class);
        assertThat(outcomes.skipped)
                .hasSize(4)
                .allMatch(told -> told.contains("skipped at http://127.0.0.1:1: "))
                .anyMatch(told -> told.startsWith("movesTheTime()") && told.contains("clock()"))
                .anyMatch(told -> told.startsWith("swallowsWhatItIsTold()") && told.contains("crash()"))
                .anyMatch(told -> told.startsWith("failsOverIt()") && told.contains("isAwake()"))
                .anyMatch(told -> told.startsWith("isSomebody()") && told.contains("TestActor.as"));
        assertThat(outcomes.failed)
                .singleElement()
                .asString()
                .startsWith("connects()")
                .contains("client.unreachable");
        assertThat(outcomes.passed).isEmpty();
    }

    @Test
    void againstAServerWhatAKitOrATestNeedsFromInsideSkipsIt() {
        System.setProperty(TestKit.ENDPOINT, "http://127.0.0.1:1");
        Outcomes outcomes = run(Map.of(), LifeCycles.OfAnotherTime.class, LifeCycles.InjectsABean.class);
        assertThat(outcomes.skipped)
                .hasSize(2)
                .anyMatch(told -> told.contains("startingAt is for actors that the kit runs itself"))
                .anyMatch(told -> told.contains("@Inject org.thespis.testkit.Counter counter"));
        assertThat(outcomes.failed).isEmpty();
    }

    @Test
    void anAddressThatIsNoneFailsEachTest() {
        System.setProperty(TestKit.ENDPOINT, "localhost:8080");
        Outcomes outcomes = run(Map.of(), LifeCycles.Remote.class);
        assertThat(outcomes.failed).hasSize(5).allMatch(told -> told.contains("localhost:8080"));
    }
}
