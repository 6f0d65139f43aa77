package org.thespis.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;
import org.thespis.api.ActorKey;
import org.thespis.api.Actors;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.ActorSettings;

/**
 * Runs actors in a JUnit test, without a server: register it in a field.
 *
 * <pre>{@code
 * @RegisterExtension
 * final TestKit kit = TestKit.of(Counter.class);
 * }</pre>
 *
 * <p>Each test has actors, beans, a store and a clock of its own. The test class is injected like a bean: {@code Actors},
 * {@code ActorsOfType} and whatever else the application has. The clock stands until the test advances it; what waits for a
 * machine has a bound, 10 seconds by default, behind which the test fails and says what is at work. Used by the test, not in a
 * turn; by one thread at a time.
 *
 * <p>With the system property {@value #ENDPOINT}, such as {@code http://localhost:8080}, the same tests run against the actors
 * that are deployed there, as the Java client reaches them. What is in nobody's hand there ({@link #clock}, {@link #store},
 * {@link #crash}, {@link #restart}, {@link #sleep}, who is logged in, and what a kit was made with) skips the test, and says so.
 */
public final class TestKit implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {

    /** The system property that names a server: tests run against the actors that are deployed there. */
    public static final String ENDPOINT = "thespis.test.endpoint";

    /** A world, and the test that it is for. */
    private record Running(World world, String test) {}

    private final Setup setup;
    private final AtomicReference<Running> running = new AtomicReference<>();

    private TestKit(Setup setup) {
        this.setup = setup;
    }

    /**
     * A kit of these actors.
     *
     * @param beans the classes of actors, and of the beans, interceptors and producers that they need; all that is on the class
     *     path as an extension of CDI is there, too
     */
    public static TestKit of(Class<?>... beans) {
        return new TestKit(Setup.of(beans));
    }

    /** With that store in place of one in memory; it is not emptied between tests. */
    public TestKit withStore(StateStore store) {
        return new TestKit(setup.withStore(store));
    }

    /** With other settings than those of a server that sets nothing. */
    public TestKit withSettings(ActorSettings settings) {
        return new TestKit(setup.withSettings(settings));
    }

    /**
     * With a setting that actors inject, as {@code @ActorSetting(name)}, in place of its default.
     *
     * @param actor the name of the actor type
     * @param value written as an installation would
     */
    public TestKit withSetting(String actor, String name, Object value) {
        return new TestKit(setup.withSetting(actor, name, value));
    }

    /** With a clock that begins at a moment, cut to milliseconds; by default with the test. */
    public TestKit startingAt(Instant moment) {
        return new TestKit(setup.startingAt(moment));
    }

    /** With another bound for what is waited for by the time of the machine. */
    public TestKit withPatience(Duration patience) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("the patience must be positive, was " + patience);
        }
        return new TestKit(setup.withPatience(patience));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Running mine = new Running(world(), context.getUniqueId());
        if (!running.compareAndSet(null, mine)) {
            mine.world.close();
            throw new IllegalStateException(
                    "a kit is for one test at a time: for tests that run in parallel its field must not"
                            + " be static, nor their class live for all of them (PER_CLASS)");
        }
        context.getRequiredTestInstances().getAllInstances().forEach(mine.world::inject);
    }

    private World world() {
        String endpoint = System.getProperty(ENDPOINT, "").strip();
        return endpoint.isEmpty() ? new Bench(setup) : new Deployed(endpoint, setup);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running ended = running.get();
        if (ended == null || !ended.test.equals(context.getUniqueId())) {
            return; // the test was refused, and this is another one's
        }
        running.set(null);
        ended.world.close();
        if (context.getExecutionException().isEmpty()) {
            ended.world.requireNothingSkipped();
        }
    }

    /** Tells with a failure what the actors were at; what fails as something was skipped is skipped. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Running present = running.get();
        if (present == null) {
            throw failure;
        }
        try {
            present.world.requireNothingSkipped();
        } catch (TestAbortedException reason) {
            if (reason != failure) {
                reason.addSuppressed(failure);
            }
            throw reason;
        }
        String report = present.world.report();
        if (!report.isEmpty()) {
            failure.addSuppressed(new AssertionError("when the test failed" + report));
        }
        throw failure;
    }

    private World world(String wish) {
        Running present = running.get();
        if (present == null) {
            throw new IllegalStateException(
                    "the kit runs while a test does: annotate its field with @RegisterExtension, and not in @BeforeAll or"
                            + " @AfterAll use " + wish);
        }
        return present.world;
    }

    private Bench bench(String wish) {
        return world(wish).bench(wish);
    }

    /** The address of an actor. */
    public TestActor actor(String type, String... key) {
        return new TestActor(this, type, ActorKey.of(key), Caller.ANONYMOUS);
    }

    /** The way to the actors from inside a server, as the test may inject it. */
    public Actors actors() {
        return world("actors()").references();
    }

    /** The time of the actors. */
    public TestClock clock() {
        return bench("clock()").clock();
    }

    /** The store of the actors. */
    public TestStore store() {
        return bench("store()").store();
    }

    /** Does something as who is logged in under that name: it goes along with what the test calls by references. */
    public void as(String name, Runnable work) {
        as(name, () -> {
            work.run();
            return null;
        });
    }

    /** The same with a result. */
    public <T> T as(String name, Supplier<T> work) {
        return bench("as(...)").caller().run(new Caller(name), work);
    }

    /**
     * Waits until the actors have come to rest: nothing is at work in them, but for turns that block.
     *
     * @throws AssertionError if they do not
     */
    public void settle() {
        world("settle()").settle();
    }

    /**
     * Lets an actor fall asleep now, with its hooks and its state saved. No effect if it sleeps.
     *
     * @throws AssertionError if there is none, or something keeps it awake
     */
    public void sleep(TestActor actor) {
        bench("sleep(...)").run().sleep(actor);
    }

    /**
     * Kills the actors, and starts them anew: what was not saved is lost, no hook runs, connections are closed. Beans of other
     * scopes than theirs stay.
     */
    public void crash() {
        bench("crash()").crash();
    }

    /** Stops the actors in order, with their hooks and their states saved, and starts them anew; connections are closed. */
    public void restart() {
        bench("restart()").restart();
    }

    TestConnection connect(TestActor actor, Object parameters) {
        return world("connect()").connect(actor, parameters);
    }

    boolean isAwake(TestActor actor) {
        return bench("isAwake()").run().isAwake(actor);
    }
}
