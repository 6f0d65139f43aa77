package org.thespis.testkit;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.thespis.api.Actors;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.cdi.EventPublishers;
import org.thespis.runtime.cdi.TypedActors;

/** CDI with the beans of one test, and with the extensions that are on the class path, as in a server. */
final class Container implements AutoCloseable {

    /** Those that greet at each start, unless the test says what it wants to hear of them. Held, as loggers are forgotten. */
    private static final List<Logger> TALKATIVE = Stream.of("org.jboss.weld", "org.hibernate.validator")
            .map(Logger::getLogger)
            .toList();

    static {
        TALKATIVE.stream()
                .filter(logger -> logger.getLevel() == null)
                .forEach(logger -> logger.setLevel(Level.WARNING));
    }

    private final WeldContainer container;
    private final ActorExtension actors;
    private final CreationalContext<Object> injected;

    /**
     * @param beans actors, and what they inject
     * @throws RuntimeException if they are refused, as a deployment would be
     */
    Container(List<Class<?>> beans, Extension own) {
        Weld weld = new Weld("thespis-testkit-" + UUID.randomUUID())
                .disableDiscovery()
                .skipShutdownHook()
                .beanClasses(beans.toArray(Class<?>[]::new))
                .addBeanClasses(EventPublishers.class, TypedActors.class);
        ServiceLoader.load(Extension.class).forEach(weld::addExtension);
        container = weld.addExtension(own).initialize();
        actors = container.select(ActorExtension.class).get();
        injected = container.getBeanManager().createCreationalContext(null);
    }

    ActorExtension actors() {
        return actors;
    }

    BeanManager beanManager() {
        return container.getBeanManager();
    }

    Actors references() {
        return container.select(Actors.class).get();
    }

    /** Gives a test what it injects, until the end. */
    void inject(Object test) {
        if (injectsSomething(test.getClass())) {
            inject(test, test.getClass());
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void inject(T test, Class<?> type) {
        BeanManager manager = container.getBeanManager();
        manager.getInjectionTargetFactory(manager.createAnnotatedType((Class<T>) type))
                .createInjectionTarget(null)
                .inject(test, (CreationalContext<T>) (CreationalContext<?>) injected);
    }

    private static boolean injectsSomething(Class<?> type) {
        return type != null
                && (Stream.of(type.getDeclaredFields()).anyMatch(Container::isInjected)
                        || Stream.of(type.getDeclaredMethods()).anyMatch(Container::isInjected)
                        || injectsSomething(type.getSuperclass()));
    }

    private static boolean isInjected(Field field) {
        return field.isAnnotationPresent(Inject.class);
    }

    private static boolean isInjected(Method method) {
        return method.isAnnotationPresent(Inject.class);
    }

    @Override
    public void close() {
        injected.release();
        container.close();
    }
}
