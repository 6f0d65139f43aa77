package org.thespis.gateway;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.thespis.api.spi.CallerResolver;
import org.thespis.gateway.admission.Admission;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.Quotas;
import org.thespis.gateway.token.TokenChecker;
import org.thespis.runtime.Relay;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.ManagedThreads;
import org.thespis.runtime.turn.Dispatcher;

/** What all endpoints and servlets share, and the way to the actors. */
@ApplicationScoped
public class GatewayServices {

    @Inject
    ActorExtension extension;

    @Inject
    @Any
    Instance<CallerResolver> resolvers;

    private final Set<HttpExchange> exchanges = ConcurrentHashMap.newKeySet();
    private ManagedScheduledExecutorService timer;
    private ExecutorService executor;
    private ExecutorService writers;
    private Dispatcher dispatcher;
    private SessionRegistry registry;
    private GatewaySettings settings;
    private Quotas quotas;
    private Admission admission;
    private TokenChecker tokens;
    private Renewals renewals;
    private List<CallerResolver> inOrder;
    private volatile Known known;

    @PostConstruct
    void configure() {
        JndiSettings jndi = new JndiSettings();
        settings = SettingsReader.of(jndi).read();
        quotas = new Quotas(settings.allowances());
        admission = new Admission(settings, quotas);
        inOrder = inOrder(resolvers);
        timer = ManagedThreads.timer();
        executor = ManagedThreads.pool(jndi);
        dispatcher = new Dispatcher(executor);
        tokens = new TokenChecker(settings.tokens(), executor);
        renewals = new Renewals(this::callers, executor);
        writers = ManagedThreads.pool(FanOut.THREADS); // of their own: actions may keep those of the other one
        registry = new SessionRegistry(new FanOut(writers));
    }

    private static List<CallerResolver> inOrder(Instance<CallerResolver> resolvers) {
        return resolvers
                .handlesStream()
                .sorted(Comparator.comparingInt(
                        handle -> priority(handle.getBean().getBeanClass())))
                .map(Instance.Handle::get)
                .toList();
    }

    private static int priority(Class<?> type) {
        Priority given = type.getAnnotation(Priority.class);
        return given == null ? Integer.MAX_VALUE : given.value();
    }

    GatewaySettings settings() {
        return settings;
    }

    /** @param ofActors those that actors ask for now: an installation may name some of applications that start later */
    private record Known(Set<String> ofActors, Callers callers) {}

    Callers callers() {
        Set<String> ofActors = extension.roles();
        Known last = known;
        if (last == null || last.ofActors != ofActors) {
            last = new Known(ofActors, new Callers(inOrder, tokens, withOwn(ofActors), settings));
            known = last;
        }
        return last.callers;
    }

    /** Those that actors ask for, and the gateway itself. */
    private Set<String> withOwn(Set<String> ofActors) {
        Set<String> roles = new HashSet<>(ofActors);
        roles.addAll(settings.access().management().roles());
        return Set.copyOf(roles);
    }

    TokenChecker tokens() {
        return tokens;
    }

    Renewals renewals() {
        return renewals;
    }

    Admission admission() {
        return admission;
    }

    Quotas quotas() {
        return quotas;
    }

    ExecutorService executor() {
        return executor;
    }

    /** The same for what must not be refused: it is tried again if the threads have more to do than they take. */
    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Runs what writes to clients, and nothing that blocks. */
    ExecutorService writers() {
        return writers;
    }

    ManagedScheduledExecutorService timer() {
        return timer;
    }

    SessionRegistry registry() {
        return registry;
    }

    /** All HTTP requests that are not over. */
    Set<HttpExchange> exchanges() {
        return exchanges;
    }

    ActorExtension extension() {
        return extension;
    }

    /** @throws org.thespis.runtime.message.ActorException {@code guard.service_unavailable} if no actors run now */
    Relay relay() {
        return running().orElseThrow(GatewayErrors::unavailable);
    }

    /** The way to the actors; empty if none run now. */
    Optional<Relay> running() {
        return extension.relay();
    }
}
