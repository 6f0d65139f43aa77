package org.thespis.runtime.cdi;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Actors;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.Relay;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AuthorSetting;
import org.thespis.runtime.declaration.Contract;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.declaration.Strays;
import org.thespis.runtime.identity.CallerBeans;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.module.Modules;
import org.thespis.runtime.reference.InjectedActors;
import org.thespis.runtime.reference.References;

/**
 * Finds the actor classes of an application, wherever they stand in the EAR, and holds its actor system. Exactly one
 * instance per application. Injected elsewhere, it is used by its methods only, as what is injected is a proxy.
 */
public class ActorExtension implements Extension {

    private static final Logger LOG = System.getLogger(ActorExtension.class.getName());

    private record Running(ActorSystem system, Relay relay) {}

    private final Map<Class<?>, Bean<?>> beans = new ConcurrentHashMap<>();
    private final Map<Class<?>, ActorDefinition> definitions = new ConcurrentHashMap<>();
    private volatile Set<String> roles; // null until somebody asks, and when an installation has named others
    private final List<DeclarationException> faults = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final ActorClasses actorClasses = new ActorClasses();
    private final InjectionPoints injectionPoints = new InjectionPoints();
    private final AuthorSettings authorSettings = new AuthorSettings();
    private final CallerBeans callers = new CallerBeans();
    private final Map<Class<?>, Contract> contracts = new ConcurrentHashMap<>(); // of the interfaces of the application
    private final Map<Bean<?>, Boolean> alone = new ConcurrentHashMap<>(); // of actors
    private volatile boolean validated;
    private final List<Consumer<Relay>> waiting = new ArrayList<>(1); // guarded by this
    private volatile boolean hosted; // or will be
    private volatile Running running;
    private volatile References references;

    <T> void seen(@Observes @WithAnnotations(Actor.class) ProcessAnnotatedType<T> event) {
        if (event.getAnnotatedType().isAnnotationPresent(Actor.class)) { // on no member of it
            actorClasses.add(event.getAnnotatedType());
        }
    }

    <T> void host(@Observes @WithAnnotations(Host.class) ProcessAnnotatedType<T> event) {
        hosted = true;
    }

    <T> void found(@Observes ProcessManagedBean<T> event) {
        callers.found(event.getBean());
        Class<?> type = event.getAnnotatedBeanClass().getJavaClass();
        if (!event.getAnnotatedBeanClass().isAnnotationPresent(Actor.class)) {
            return;
        }
        beans.put(type, event.getBean());
        if (Dependents.mayBeDeclared(event.getAnnotatedBeanClass())) {
            alone.put(event.getBean(), false);
        }
        try {
            InjectionPoints.refuseObservers(event.getAnnotatedBeanClass());
            ActorDefinition definition = ActorDefinition.of(type);
            definitions.put(type, definition);
            authorSettings.find(definition, event.getBean()).forEach(event::addDefinitionError);
        } catch (DeclarationException e) {
            if (AuthorSettings.areIn(event.getBean())) {
                event.addDefinitionError(e); // before CDI complains that nobody knows them
            } else {
                faults.add(e);
            }
        }
    }

    <T> void ejb(@Observes ProcessSessionBean<T> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        if (!type.isAnnotationPresent(Host.class)) {
            callers.ejbs().add(type);
        }
    }

    <T, X> void injects(@Observes ProcessInjectionPoint<T, X> event, BeanManager beanManager) {
        injectionPoints.add(event.getInjectionPoint());
        AuthorSettings.misplaced(event.getInjectionPoint()).ifPresent(event::addDefinitionError);
        if (validated) { // of what the container makes later, such as servlets
            injectionPoints.check(definitions.values(), beanManager).forEach(event::addDefinitionError);
        }
    }

    void addBeans(@Observes AfterBeanDiscovery event, BeanManager beanManager) {
        event.addContext(new ActorScopedContext());
        event.addContext(MissingScope.ofActor());
        event.addContext(new RequestOfTurn(beanManager));
        event.addContext(MissingScope.inTurn(SessionScoped.class, beanManager));
        event.addContext(MissingScope.inTurn(ConversationScoped.class, beanManager));
        event.<ActorContext>addBean()
                .id("org.thespis.ActorContext")
                .beanClass(ActorExtension.class)
                .types(ActorContext.class, Object.class)
                .scope(Dependent.class)
                .createWith(creational -> ActorScopedContext.currentActor());
        event.<InjectedActors>addBean()
                .id("org.thespis.Actors")
                .beanClass(ActorExtension.class)
                .types(Actors.class, Object.class)
                .scope(Dependent.class)
                .createWith(creational -> new InjectedActors(
                        this::references, CallerOfThread.of(beanManager, this::roles), this::contract))
                .destroyWith((actors, creational) -> actors.close());
        authorSettings.addBeans(event);
        callers.addTo(event, beanManager);
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

    void refuse(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        validated = true;
        faults.forEach(event::addDeploymentProblem);
        actorClasses.refused(beans.keySet()).forEach(event::addDeploymentProblem);
        actorClasses.unseen().forEach(event::addDeploymentProblem);
        injectionPoints.check(definitions.values(), beanManager).forEach(event::addDeploymentProblem);
        try {
            ActorDefinition.requireDistinctNames(definitions.values());
        } catch (DeclarationException e) {
            event.addDeploymentProblem(e);
        }
        Contract.unfit(definitions.values())
                .forEach(e -> LOG.log(
                        Level.WARNING, "{0} (as it is, Actors.type of that interface will fail)", e.getMessage()));
    }

    /** What the actor classes of the application declare. */
    public Collection<ActorDefinition> definitions() {
        return List.copyOf(definitions.values());
    }

    /** Takes what an installation has made of them, before there are actors. Called by the host. */
    public synchronized void configured(Collection<ActorDefinition> others) {
        others.forEach(definition -> definitions.put(definition.type(), definition));
        roles = null;
    }

    /** What actor classes inject of what an installation says to their authors' code. */
    public List<AuthorSetting> authorSettings() {
        return authorSettings.wanted();
    }

    /** Reads what actors inject, before there are any. Called by the host; what {@code said} throws is thrown. */
    public void readAuthorSettings(Function<AuthorSetting, Object> said) {
        authorSettings.read(said);
    }

    /** All names of roles that actors and EJBs of the application mention. */
    public Set<String> roles() {
        Set<String> known = roles;
        return known == null ? readRoles() : known;
    }

    private synchronized Set<String> readRoles() { // not while others are named
        Set<String> ofEjbs = callers.ejbs().roles();
        roles = Stream.concat(
                        ofEjbs.stream(),
                        definitions.values().stream().flatMap(definition -> definition.access().roles().stream()))
                .collect(Collectors.toUnmodifiableSet());
        return roles;
    }

    Bean<?> bean(ActorDefinition definition) {
        return beans.get(definition.type());
    }

    /** Whether no objects belong to the bean of an actor that are to end with it. */
    boolean isAlone(Bean<?> bean, BeanManager manager) {
        return alone.computeIfAbsent(bean, b -> !Dependents.mayBeInjected(b, manager));
    }

    /** How an interface stands for an actor. */
    private Contract contract(Class<?> type) {
        return contracts.computeIfAbsent(type, t -> Contract.of(t, definitions.values()));
    }

    /** Makes the beans of actors without a server. */
    public CdiActorBeans actorBeans(BeanManager beanManager) {
        return actorBeans(beanManager, new Modules());
    }

    /** Makes the beans of actors with any bean manager of the application. */
    public CdiActorBeans actorBeans(BeanManager beanManager, Modules modules) {
        return new CdiActorBeans(this, beanManager, modules, callers.asCaller());
    }

    /** Hands over the running system of the only node, or takes it away with null. Called by the host. */
    public void system(ActorSystem system) {
        running(system, system == null ? null : new LocalRelay(system));
    }

    /** Hands over the running system and the way to all actors, wherever they live. Called by the host. */
    public synchronized void running(ActorSystem system, Relay relay) {
        if (relay != null) {
            waiting.forEach(use -> use.accept(relay)); // before others find it: all that is asked can be answered
        }
        running = relay == null ? null : new Running(system, relay);
    }

    /** Hands on the way to the actors, now or as soon as the host starts: modules start in any order. */
    public synchronized void whenRunning(Consumer<Relay> use) {
        waiting.add(use);
        relay().ifPresent(use);
    }

    /** The running system; empty before the host has started and after it has stopped. */
    public Optional<ActorSystem> system() {
        return Optional.ofNullable(running).map(Running::system);
    }

    /** The way to all actors; empty before the host has started and after it has stopped. */
    public Optional<Relay> relay() {
        return Optional.ofNullable(running).map(Running::relay);
    }

    /** Hands over the way to the running system from inside the server, or takes it away with null. Called by the host. */
    public void references(References running) {
        hosted = true;
        references = running;
    }

    private Optional<References> references() {
        requireHost();
        return Optional.ofNullable(references);
    }

    /** @throws DeclarationException if nothing in the application will ever start its actors */
    public void requireHost() {
        if (!hosted) {
            throw Strays.noHost();
        }
    }

    private ActorSystem requireSystem() {
        return system().orElseThrow(() -> new IllegalStateException("the actor host is not running"));
    }
}
