package org.thespis.gateway;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.thespis.api.spi.CallerResolver;
import org.thespis.gateway.admission.Admission;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.Quotas;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.Relay;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.ManagedThreads;

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
    private SessionRegistry registry;
    private GatewaySettings settings;
    private Quotas quotas;
    private Admission admission;
    private List<CallerResolver> inOrder;

    @PostConstruct
    void configure() {
        JndiSettings jndi = new JndiSettings();
        settings = SettingsReader.of(jndi).read();
        quotas = new Quotas(settings.allowances());
        admission = new Admission(settings, quotas);
        inOrder = inOrder(resolvers);
        timer = ManagedThreads.timer();
        executor = ManagedThreads.pool(jndi);
        registry = new SessionRegistry(new FanOut(executor));
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

    Callers callers() {
        return new Callers(inOrder, extension.roles()); // which an installation may name that has not started yet
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
        ActorSystem system = extension.system().orElseThrow(GatewayErrors::unavailable);
        return new LocalRelay(system);
    }
}
