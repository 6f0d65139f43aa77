package org.thespis.runtime.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thespis.api.Actor;
import org.thespis.api.ActorSetting;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AuthorSetting;
import org.thespis.runtime.declaration.DeclarationException;

/** What actors inject of what an installation says to their authors' code: found while it is deployed, and handed out. */
final class AuthorSettings {

    /** Any name and default. */
    private static final class Any extends AnnotationLiteral<ActorSetting> implements ActorSetting {
        private static final long serialVersionUID = 1L;

        @Override
        public String value() {
            return "";
        }

        @Override
        public String defaultValue() {
            return NONE;
        }
    }

    private final Map<Class<?>, String> names = new ConcurrentHashMap<>(); // of actor types, by their classes
    private final List<AuthorSetting> wanted = new ArrayList<>();
    private volatile Map<AuthorSetting, Object> values;

    static Optional<ActorSetting> of(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(ActorSetting.class::isInstance)
                .map(ActorSetting.class::cast)
                .findFirst();
    }

    static boolean areIn(Bean<?> bean) {
        return bean.getInjectionPoints().stream().anyMatch(point -> of(point).isPresent());
    }

    private static String where(InjectionPoint point) {
        Member member = point.getMember();
        return member.getDeclaringClass().getName() + "." + member.getName();
    }

    /** What is wrong with an injection point of anybody; empty if nothing. */
    static Optional<DeclarationException> misplaced(InjectionPoint point) {
        Bean<?> bean = point.getBean();
        boolean inActor = bean != null && bean.getBeanClass().isAnnotationPresent(Actor.class);
        return inActor || of(point).isEmpty() ? Optional.empty() : Optional.of(AuthorSetting.outside(where(point)));
    }

    /** @return what refuses the deployment */
    List<DeclarationException> find(ActorDefinition actor, Bean<?> bean) {
        List<DeclarationException> faults = new ArrayList<>();
        names.put(bean.getBeanClass(), actor.name());
        for (InjectionPoint point : bean.getInjectionPoints()) {
            try {
                of(point).ifPresent(setting -> wanted.add(setting(actor.name(), setting, point)));
            } catch (DeclarationException e) {
                faults.add(e);
            }
        }
        return faults;
    }

    private static AuthorSetting setting(String actor, ActorSetting setting, InjectionPoint point) {
        return AuthorSetting.of(actor, setting, point.getType(), where(point));
    }

    /** A bean for each type of value. */
    void addBeans(AfterBeanDiscovery event) {
        wanted.stream().map(AuthorSetting::type).distinct().forEach(type -> event.addBean()
                .id("org.thespis.ActorSetting/" + type.getName())
                .beanClass(ActorExtension.class)
                .types(type, Object.class)
                .qualifiers(new Any())
                .scope(Dependent.class)
                .produceWith(
                        instance -> value(instance.select(InjectionPoint.class).get())));
    }

    private Object value(InjectionPoint point) {
        Map<AuthorSetting, Object> known = values;
        if (known == null) {
            throw new IllegalStateException("the actor host is not running");
        }
        Bean<?> bean = point == null ? null : point.getBean();
        String actor = bean == null ? null : names.get(bean.getBeanClass());
        if (actor == null || of(point).isEmpty()) { // looked up, which nobody sees at deployment
            throw new IllegalStateException("settings are injected into actors, not looked up");
        }
        return known.get(setting(actor, of(point).get(), point));
    }

    List<AuthorSetting> wanted() {
        return List.copyOf(wanted);
    }

    /** Takes what the installation says, by {@code said}, which gives a value or throws. */
    void read(Function<AuthorSetting, Object> said) {
        values = resolve(wanted, said);
    }

    private static Map<AuthorSetting, Object> resolve(
            Collection<AuthorSetting> settings, Function<AuthorSetting, Object> said) {
        return settings.stream().distinct().collect(Collectors.toUnmodifiableMap(setting -> setting, said));
    }
}
