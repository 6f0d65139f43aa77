package org.thespis.runtime.cdi;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;
import org.thespis.api.ActorContext;

/**
 * Whether objects may belong to a bean that end with it: {@code @Dependent} beans, interceptors, resources of the server. The
 * container keeps several hundred bytes for each bean to know them, which a bean that has none needs not keep.
 */
final class Dependents {

    /** Annotations that bring none; any other may be the binding of an interceptor, or inject what only the server knows. */
    private static final Set<String> HARMLESS = Set.of(
            "jakarta.inject.Inject",
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.enterprise.context.Dependent");

    private static final String[] HARMLESS_PACKAGES = {"org.thespis.api.", "java.lang.", "jakarta.json.bind."};

    private Dependents() {}

    /** Looks at the annotations of a class and its members, as extensions have left them. */
    static boolean mayBeDeclared(AnnotatedType<?> type) {
        Stream<Annotated> members = Stream.of(
                        type.getFields().stream().map(AnnotatedField.class::cast),
                        type.getMethods().stream().map(AnnotatedMethod.class::cast),
                        type.getConstructors().stream().map(AnnotatedConstructor.class::cast))
                .flatMap(same -> same);
        return Stream.concat(Stream.of(type), members)
                .flatMap(annotated -> annotated.getAnnotations().stream())
                .anyMatch(annotation -> !isHarmless(annotation));
    }

    private static boolean isHarmless(Annotation annotation) {
        String name = annotation.annotationType().getName();
        return HARMLESS.contains(name) || Stream.of(HARMLESS_PACKAGES).anyMatch(name::startsWith);
    }

    /** Looks at what a bean injects, and at who decorates it. Called after the deployment was validated. */
    static boolean mayBeInjected(Bean<?> bean, BeanManager manager) {
        Annotation[] qualifiers = bean.getQualifiers().toArray(Annotation[]::new);
        return !manager.resolveDecorators(bean.getTypes(), qualifiers).isEmpty()
                || bean.getInjectionPoints().stream().anyMatch(point -> !isHarmless(point, manager));
    }

    private static boolean isHarmless(InjectionPoint point, BeanManager manager) {
        Type type = point.getType();
        if (type == ActorContext.class || AuthorSettings.of(point).isPresent()) {
            return true; // it ends with the actor, or not at all
        }
        Set<Bean<?>> beans = manager.getBeans(type, point.getQualifiers().toArray(Annotation[]::new));
        Bean<?> injected = manager.resolve(beans);
        return injected != null && manager.isNormalScope(injected.getScope());
    }
}
