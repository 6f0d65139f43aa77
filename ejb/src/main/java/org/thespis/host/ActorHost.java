package org.thespis.host;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.ManagedThreads;

/** Starts the actor system with the application and stops it before the application goes. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ActorHost {

    private static final Logger LOG = System.getLogger(ActorHost.class.getName());

    /** How often it is looked for what actors have planned. */
    private static final long TICK_MILLIS = 25;

    /** In how many of these ticks overdue calls and idle actors are looked for. */
    private static final int CARE = 4;

    /** Time for running turns to come to their end when the application stops. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    @Inject
    ActorExtension extension;

    @Inject
    BeanManager beanManager;

    private ExecutorService executor;
    private ExecutorService commits;
    private ScheduledFuture<?> tick;
    private long ticks; // used by the timer

    @PostConstruct
    void start() {
        ManagedScheduledExecutorService timer = ManagedThreads.timer();
        JndiSettings jndi = new JndiSettings();
        executor = ManagedThreads.pool(jndi);
        commits = ManagedThreads.pool(1 + CommitQueue.MAX_HELD_UP);
        ActorSystem system = new ActorSystem(
                extension.definitions(),
                extension.actorBeans(beanManager),
                Stores.open(jndi),
                executor,
                commits,
                HostSettings.actors(jndi));
        tick = timer.scheduleWithFixedDelay(() -> tick(system), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        extension.system(system);
        LOG.log(Level.INFO, "Thespis runs the actors {0}", system.names());
    }

    private void tick(ActorSystem system) {
        ticks++;
        if (ticks % CARE == 0) {
            system.tick();
        } else {
            system.tickPlans();
        }
    }

    @PreDestroy
    void stop() {
        extension.system().ifPresent(system -> system.stop(STOP_GRACE));
        extension.system((ActorSystem) null);
        tick.cancel(false);
        executor.shutdown();
        commits.shutdown();
    }
}
