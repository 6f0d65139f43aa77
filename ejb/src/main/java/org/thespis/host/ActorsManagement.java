package org.thespis.host;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.TypeOption;

/** The MBean of the actors of one application. Its threads are those of the server's JMX, which have no names of JNDI. */
final class ActorsManagement implements ActorsMXBean {

    private static final Logger LOG = System.getLogger(ActorsManagement.class.getName());

    private final ActorSystem system;
    private final Supplier<List<String>> nodes;
    private final SettingsReload reload;
    private final ExecutorService reader;
    private final Duration patience;
    private ObjectName name; // used by the host

    /**
     * @param nodes their addresses; may be asked by any thread
     * @param reader runs what reads JNDI, one at a time
     * @param patience time for JNDI to say what lies there
     */
    ActorsManagement(
            ActorSystem system,
            Supplier<List<String>> nodes,
            SettingsReload reload,
            ExecutorService reader,
            Duration patience) {
        this.system = system;
        this.nodes = nodes;
        this.reload = reload;
        this.reader = reader;
        this.patience = patience;
    }

    /** Lets administrators find it; an application runs without, too. */
    void register(String application) {
        try {
            ObjectName wanted = new ObjectName("org.thespis:type=Actors,application=" + ObjectName.quote(application));
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(this, ActorsMXBean.class, true), wanted);
            name = wanted;
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.WARNING, "there is no MBean for the actors of " + application, e);
        }
    }

    void unregister() {
        if (name == null) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.WARNING, "the MBean " + name + " is left behind", e);
        }
        name = null;
    }

    @Override
    public Map<String, Integer> getAwake() {
        return system.names().stream()
                .collect(Collectors.toMap(
                        type -> type, type -> container(type).size(), (one, other) -> one, TreeMap::new));
    }

    @Override
    public List<String> getNodes() {
        return nodes.get();
    }

    @Override
    public long getFencedCommits() {
        return system.fencedCommits();
    }

    @Override
    public Map<String, String> options(String type) {
        ActorDefinition definition = container(type).definition();
        ActorSettings general = system.settings();
        return Stream.of(TypeOption.values())
                .filter(TypeOption::mayChange)
                .collect(Collectors.toMap(
                        TypeOption::key,
                        option -> definition.counts(option, general),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private ActorContainer container(String type) {
        return system.container(type)
                .orElseThrow(() -> new IllegalArgumentException("there are no actors of the type " + type));
    }

    @Override
    public List<String> reload() {
        AtomicBoolean decided = new AtomicBoolean(); // by who reads, to apply it, or by who waits, to give it up
        Future<List<String>> told;
        try {
            told = reader.submit(() -> reload.run(() -> decided.compareAndSet(false, true)));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the application stops, or many have asked already");
        }
        try {
            return told.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw givenUp("JNDI has not answered for " + patience, decided);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp("interrupted", decided);
        } catch (ExecutionException e) { // clients know no classes of ours
            throw new IllegalArgumentException(e.getCause().getMessage());
        }
    }

    /** Nothing changes later, either, unless it does so at this moment. */
    private static IllegalStateException givenUp(String why, AtomicBoolean decided) {
        boolean unchanged = decided.compareAndSet(false, true);
        return new IllegalStateException(
                why + (unchanged ? "; nothing has changed" : "; the settings are being applied, ask again"));
    }
}
