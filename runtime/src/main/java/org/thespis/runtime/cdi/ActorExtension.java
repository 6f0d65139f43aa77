package org.thespis.runtime.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.instance.ActorContainer;

/**
 * Finds the actor classes of an application, wherever they stand in the EAR, and holds its actor system. Exactly one
 * instance per application. Injected elsewhere, it is used by its methods only, as what is injected is a proxy.
 */
public class ActorExtension implements Extension {

    private final Map<Class<?>, Bean<?>> beans = new ConcurrentHashMap<>();
    private final Map<Class<?>, ActorDefinition> definitions = new ConcurrentHashMap<>();
    private final List<DeclarationException> faults = new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile ActorSystem system;

    <T> void found(@Observes ProcessManagedBean<T> event) {
        Class<?> type = event.getAnnotatedBeanClass().getJavaClass();
        if (!event.getAnnotatedBeanClass().isAnnotationPresent(Actor.class)) {
            return;
        }
        beans.put(type, event.getBean());
        try {
            definitions.put(type, ActorDefinition.of(type));
        } catch (DeclarationException e) {
            faults.add(e);
        }
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        event.addContext(new ActorScopedContext());
        event.<ActorContext>addBean()
                .id("org.thespis.ActorContext")
                .beanClass(ActorExtension.class)
                .types(ActorContext.class, Object.class)
                .scope(Dependent.class)
                .createWith(creational -> ActorScopedContext.currentActor());
        for (ActorDefinition definition : definitions.values()) {
            event.<ActorContainer>addBean()
                    .id("org.thespis.ActorContainer/" + definition.type().getName())
                    .beanClass(ActorExtension.class)
                    .types(ActorContainer.class, Object.class)
                    .qualifiers(NamedLiteral.of(definition.name()))
                    .scope(Singleton.class)
                    .createWith(creational ->
                            requireSystem().container(definition.name()).orElseThrow());
        }
    }

    void refuse(@Observes AfterDeploymentValidation event) {
        faults.forEach(event::addDeploymentProblem);
        try {
            ActorDefinition.requireDistinctNames(definitions.values());
        } catch (DeclarationException e) {
            event.addDeploymentProblem(e);
        }
    }

    /** What the actor classes of the application declare. */
    public Collection<ActorDefinition> definitions() {
        return List.copyOf(definitions.values());
    }

    Bean<?> bean(ActorDefinition definition) {
        return beans.get(definition.type());
    }

    /** Makes the beans of actors with any bean manager of the application. */
    public CdiActorBeans actorBeans(BeanManager beanManager) {
        return new CdiActorBeans(this, beanManager);
    }

    /** Hands over the running system, or takes it away with null. Called by the host. */
    public void system(ActorSystem running) {
        system = running;
    }

    /** The running system; empty before the host has started and after it has stopped. */
    public Optional<ActorSystem> system() {
        return Optional.ofNullable(system);
    }

    private ActorSystem requireSystem() {
        return system().orElseThrow(() -> new IllegalStateException("the actor host is not running"));
    }
}
