package org.thespis.testkit;

import java.time.Duration;
import org.thespis.api.Actors;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.reference.AfterCommit;
import org.thespis.runtime.reference.References;
import org.thespis.runtime.settings.ReferenceSettings;

/** All that one test has: the beans, the time and the store for as long as it runs, and one run of the actors after the other. */
final class Bench implements World {

    private final Setup setup;
    private final CallerOfTest caller = new CallerOfTest();
    private final TestStore store;
    private final VirtualTime time;
    private final TestClock clock;
    private final Container container;
    private final Actors references;
    private Run run; // guarded by this

    Bench(Setup setup) {
        this.setup = setup;
        this.store = new TestStore(setup.storeOfTest());
        this.time = new VirtualTime(setup.startOfTest(), store::nanoTime);
        this.clock = new TestClock(time, this::advance);
        this.container = new Container(setup.beans(), new KitBeans(clock, caller));
        this.references = container.references();
        try {
            start();
        } catch (RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    CallerOfTest caller() {
        return caller;
    }

    TestStore store() {
        return store;
    }

    TestClock clock() {
        return clock;
    }

    @Override
    public void inject(Object test) {
        container.inject(test);
    }

    @Override
    public TestConnection connect(TestActor actor, Object parameters) {
        return run().connect(actor, parameters);
    }

    @Override
    public void settle() {
        run().settle();
    }

    @Override
    public String report() {
        return run().report();
    }

    @Override
    public Bench bench(String wish) {
        return this;
    }

    @Override
    public void requireNothingSkipped() {
        // all is here
    }

    @Override
    public Actors references() {
        return references;
    }

    synchronized Run run() {
        return run;
    }

    private synchronized void advance(Duration by) {
        run.advance(by);
    }

    private void start() {
        container.actors().readAuthorSettings(setup::value);
        run = new Run(setup.patience(), time, store, new Parts());
        ActorExtension extension = container.actors();
        extension.system(run.system());
        extension.references(run.references());
    }

    /** What runs as in {@code ActorHost}, on the time, the store and the threads of the test. */
    private final class Parts implements Run.Parts {

        @Override
        public ActorSystem system(StoreOfRun reached, Threads threads) {
            ActorExtension extension = container.actors();
            return new ActorSystem(
                    extension.definitions(),
                    extension.actorBeans(container.beanManager()),
                    reached,
                    threads,
                    threads,
                    threads::executeBeside,
                    setup.settings(),
                    time);
        }

        @Override
        public References references(LocalRelay relay, Threads threads) {
            ReferenceSettings defaults = ReferenceSettings.defaults();
            ReferenceSettings settings = new ReferenceSettings(
                    setup.patience(),
                    defaults.maxOpenCalls(),
                    defaults.maxWaitingEvents(),
                    defaults.maxWaitingCalls(),
                    defaults.maxTellsPerTransaction(),
                    defaults.maxKeyBytes());
            return new References(relay, threads, threads, AfterCommit.NONE, settings);
        }
    }

    synchronized void restart() {
        run.stop();
        start();
    }

    synchronized void crash() {
        run.crash();
        start();
    }

    @Override
    public synchronized void close() {
        run.stopOrCrash();
        container.actors().system((ActorSystem) null);
        container.actors().references(null);
        container.close();
    }
}
