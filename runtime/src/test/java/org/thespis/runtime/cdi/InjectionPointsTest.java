package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.DeclarationException;

/** What may be injected that has to do with actors. */
class InjectionPointsTest {

    public interface Room {
        void enter();
    }

    @Actor
    static class RoomActor implements Room {
        @Override
        @Action
        public void enter() {}
    }

    static class OrdinaryRoom implements Room {
        @Override
        public void enter() {}
    }

    /** Everything that somebody might write. */
    @SuppressWarnings("rawtypes")
    static class Guest {
        Actors actors;
        ActorsOfType<Room> rooms;
        ActorsOfType<Runnable> nothing;
        ActorsOfType raw;
        ActorsOfType<?> any;
        RoomActor phantom;
        Instance<RoomActor> phantoms;
        Room room;
        Runnable other;
    }

    private final InjectionPoints points = new InjectionPoints();
    private Class<?> roomBean = RoomActor.class;

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static InjectionPoint point(String name) {
        try {
            Field field = Guest.class.getDeclaredField(name);
            return proxy(InjectionPoint.class, (p, method, arguments) -> switch (method.getName()) {
                case "getType" -> field.getGenericType();
                case "getMember" -> field;
                case "getQualifiers" -> Set.of();
                default -> null;
            });
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String fault(String name) {
        Bean<?> bean = proxy(Bean.class, (p, method, arguments) -> switch (method.getName()) {
            case "getBeanClass" -> roomBean;
            case "hashCode" -> 1;
            default -> null;
        });
        BeanManager manager = proxy(
                BeanManager.class, (p, method, arguments) -> method.getName().equals("getBeans") ? Set.of(bean) : null);
        points.add(point(name));
        List<DeclarationException> faults = points.check(List.of(ActorDefinition.of(RoomActor.class)), manager);
        assertThat(faults).hasSizeLessThan(2);
        return faults.isEmpty() ? "" : faults.get(0).getMessage();
    }

    @Test
    void referencesMayBeInjected() {
        assertThat(fault("actors")).isEmpty();
        assertThat(fault("rooms")).isEmpty();
        assertThat(fault("other")).isEmpty();
    }

    @Test
    void anInterfaceOfNoActorIsRefused() {
        assertThat(fault("nothing")).startsWith("THESPIS-171: java.lang.Runnable");
    }

    @Test
    void anInterfaceIsNeeded() {
        String where = "THESPIS-179: " + Guest.class.getName();
        assertThat(fault("raw")).startsWith(where + ".raw");
        assertThat(fault("any")).startsWith(where + ".any");
    }

    @Test
    void theClassOfAnActorIsRefused() {
        String where = "THESPIS-177: " + Guest.class.getName();
        assertThat(fault("phantom")).startsWith(where + ".phantom").contains("org.thespis.api.Actors");
        assertThat(fault("phantoms")).startsWith(where + ".phantoms");
    }

    @Test
    void anInterfaceThatOnlyAnActorImplementsIsRefused() {
        assertThat(fault("room")).startsWith("THESPIS-177: " + Guest.class.getName() + ".room");
        roomBean = OrdinaryRoom.class;
        assertThat(fault("room")).isEmpty();
    }
}
