package org.thespis.host;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.thespis.host.jdbc.Jta;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.OfTypes;
import org.thespis.runtime.Relay;
import org.thespis.runtime.Storage;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.cdi.Host;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.jndi.ClusterNode;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.ManagedThreads;
import org.thespis.runtime.jndi.TypeEntries;
import org.thespis.runtime.module.Modules;
import org.thespis.runtime.reference.References;
import org.thespis.runtime.settings.ReferenceSettings;

/** Starts the actor system with the application and stops it before the application goes. */
@Host
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@ContextServiceDefinition(
        name = ActorHost.TURNS,
        propagated = ContextServiceDefinition.APPLICATION,
        cleared = {},
        unchanged = ContextServiceDefinition.ALL_REMAINING)
public class ActorHost {

    private static final Logger LOG = System.getLogger(ActorHost.class.getName());

    /** Takes the naming context of a module for turns, and nothing else: transactions and users are not its concern. */
    static final String TURNS = "java:app/concurrent/ThespisTurns";

    /** How often it is looked for what actors have planned. */
    private static final long TICK_MILLIS = 25;

    /** In how many of these ticks overdue calls and idle actors are looked for. */
    private static final int CARE = 4;

    /** Time for running turns to come to their end when the application stops. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    /** Time for JNDI to say what settings are there now. */
    private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(30);

    @Inject
    ActorExtension extension;

    @Inject
    BeanManager beanManager;

    @Inject
    Modules modules;

    @Resource
    UserTransaction transactions;

    @Resource
    TransactionSynchronizationRegistry registry;

    private final TypeResources resources = new TypeResources();
    private final LogLevels logLevels = new LogLevels();
    private ActorsManagement management;
    private References references;
    private Optional<ClusterNode> node = Optional.empty();
    private ScheduledFuture<?> tick;
    private long ticks; // used by the timer

    @PostConstruct
    void start() {
        try {
            startAll();
        } catch (RuntimeException | Error e) { // no @PreDestroy follows
            stopAll();
            throw e;
        }
    }

    private void startAll() {
        ManagedScheduledExecutorService timer = ManagedThreads.timer();
        JndiSettings jndi = new JndiSettings();
        TypeEntries entries = new TypeEntries(jndi, extension.authorSettings());
        Collection<ActorDefinition> declared = extension.definitions();
        Collection<ActorDefinition> configured = entries.configure(declared);
        jndi.tellUnknown(Stores.names(jndi, configured));
        extension.configured(configured);
        extension.readAuthorSettings(TypeEntries::value);
        Jta jta = new Jta(transactions, registry);
        modules.hosted(TURNS, new LeftTransaction(jta), this::stopActors);
        Storage storage = resources.storage(Stores.open(jndi, jta));
        ExecutorService executor = resources.pool(jndi);
        OfTypes own = resources.ofTypes(extension.definitions(), Stores.name(jndi), storage, jta);
        ActorSystem system = new ActorSystem(
                extension.definitions(),
                extension.actorBeans(beanManager, modules),
                storage,
                executor,
                HostSettings.actors(jndi),
                own);
        ReferenceSettings limits = HostSettings.references(jndi);
        node = Nodes.node(jndi, system, () -> resources.pool(jndi));
        Relay relay = node.isPresent() ? node.get() : new LocalRelay(system);
        references = new References(
                relay,
                resources.lookups(own, storage),
                resources.pool(jndi),
                new TransactionEnds(registry, limits.maxTellsPerTransaction()),
                limits);
        tick = timer.scheduleWithFixedDelay(() -> tick(system), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        extension.running(system, relay);
        extension.references(references);
        logLevels.apply(extension.definitions());
        manage(system, new SettingsReload(system, jndi, entries, declared, this::configured));
        node.ifPresent(ClusterNode::start);
        LOG.log(Level.INFO, "Thespis runs the actors {0}", system.names());
    }

    private void configured(Collection<ActorDefinition> others) {
        extension.configured(others);
        logLevels.apply(others);
    }

    private void manage(ActorSystem system, SettingsReload reload) {
        management = new ActorsManagement(system, this::nodes, reload, resources.pool(1), RELOAD_PATIENCE);
        management.register(application());
    }

    private List<String> nodes() {
        return node.map(ClusterNode::nodes).orElse(List.of());
    }

    private static String application() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException e) {
            return "unknown";
        }
    }

    private void tick(ActorSystem system) {
        ticks++;
        if (ticks % CARE == 0) {
            system.tick();
            node.ifPresent(ClusterNode::tick);
        } else {
            system.tickPlans();
        }
        references.tick();
    }

    @PreDestroy
    void stop() {
        stopAll();
    }

    /** What there is of it: a start may have failed anywhere. */
    private void stopAll() {
        if (management != null) {
            management.unregister();
        }
        stopActors();
        node.ifPresent(ClusterNode::close);
        extension.running(null, null);
        if (references != null) {
            references.close();
        }
        extension.references(null);
        if (tick != null) {
            tick.cancel(false);
        }
        logLevels.close();
        resources.shutdown();
    }

    private void stopActors() {
        extension.relay().ifPresent(relay -> relay.stop(STOP_GRACE));
    }
}
