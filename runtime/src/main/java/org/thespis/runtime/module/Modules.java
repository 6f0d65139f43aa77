package org.thespis.runtime.module;

import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.thespis.runtime.declaration.Surroundings;

/**
 * The modules of an application, and what surrounds the turns of the actors in each: the naming context of a WAR, or of an
 * EJB that starts with its ejb-jar; for all other actors, such as those in EAR/lib, that of the host. Exactly one instance per
 * application. Injected elsewhere, it is used by its methods only, as what is injected is a proxy. Any thread.
 */
public class Modules implements Extension {

    private static final Logger LOG = System.getLogger(Modules.class.getName());

    /** How long after the host a module may start; later its actors run with the names of the host. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param stop ends the actors, before the first module goes in which some stand */
    private record Host(
            ContextService turns, Leftover leftover, ModuleContext context, Runnable stop, long sinceNanos) {}

    private final Set<Object> withEjb = ConcurrentHashMap.newKeySet();
    private final Set<Object> withStartup = ConcurrentHashMap.newKeySet();
    private final Set<Object> withActors = ConcurrentHashMap.newKeySet();
    private final Map<Object, ModuleContext> started = new ConcurrentHashMap<>();
    private final Function<String, ContextService> lookup;
    private final LongSupplier nanoTime;
    private volatile Host host;

    /** Made by the server. */
    public Modules() {
        this(Modules::lookUp, System::nanoTime);
    }

    Modules(Function<String, ContextService> lookup, LongSupplier nanoTime) {
        this.lookup = lookup;
        this.nanoTime = nanoTime;
    }

    <T> void marks(@Observes @WithAnnotations(Startup.class) ProcessAnnotatedType<T> event) {
        if (event.getAnnotatedType().isAnnotationPresent(Startup.class)) {
            withStartup.add(ModuleId.of(event.getAnnotatedType().getJavaClass()));
            event.configureAnnotatedType().add(new StartsWithModule.Literal());
        }
    }

    <T> void finds(@Observes ProcessSessionBean<T> event) {
        withEjb.add(ModuleId.of(event.getBean().getBeanClass()));
    }

    /** A component of that WAR runs in this thread, and it starts. */
    public void starts(ClassLoader war) {
        startsModule(war);
    }

    /** An EJB of that class runs in this thread, and its module starts. */
    public void starts(Class<?> ejb) {
        startsModule(ModuleId.of(ejb));
    }

    private void startsModule(Object module) {
        started.computeIfAbsent(module, m -> context());
    }

    private ModuleContext context() {
        return new ModuleContext(lookup.apply("java:comp/DefaultContextService"), () -> host.turns, this::leftover);
    }

    private Leftover leftover() {
        Host running = host;
        return running == null ? Leftover.NONE : running.leftover;
    }

    private static ContextService lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }

    /** A component of that WAR runs in this thread, and it is about to go. */
    public void goes(ClassLoader war) {
        goesModule(war);
    }

    /** An EJB of that class runs in this thread, and its module is about to go. */
    public void goes(Class<?> ejb) {
        goesModule(ModuleId.of(ejb));
    }

    private void goesModule(Object module) {
        Host running = host;
        if (running != null && withActors.contains(module)) {
            running.stop.run();
        }
    }

    /**
     * The host is about to run actors. Called in one of its components.
     *
     * @param turns name of the context service that is to take contexts for turns
     * @param leftover ended behind each turn
     * @param stop ends the actors; may be called more than once
     */
    public void hosted(String turns, Leftover leftover, Runnable stop) {
        host = new Host(lookup.apply(turns), leftover, context(), stop, nanoTime.getAsLong());
    }

    /** What surrounds the turns of an actor; null as long as its module has not started. */
    public Surroundings of(Class<?> actor) {
        Host running = host;
        if (running == null) {
            return Surroundings.NONE; // no server
        }
        Object module = ModuleId.of(actor);
        withActors.add(module);
        ModuleContext context = started.get(module);
        if (context != null) {
            return context;
        }
        if (ModuleId.isWar(module) || withStartup.contains(module)) {
            if (nanoTime.getAsLong() - running.sinceNanos < PATIENCE.toNanos()) {
                return null;
            }
            LOG.log(Level.WARNING, "the module of {0} has not started, so its turns run without its names", actor);
        } else if (withEjb.contains(module)) {
            LOG.log(
                    Level.WARNING,
                    "{0} stands in an ejb-jar without an EJB that is @Singleton @Startup, so its turns run without the names of"
                            + " that module; add one",
                    actor);
        }
        return running.context;
    }
}
