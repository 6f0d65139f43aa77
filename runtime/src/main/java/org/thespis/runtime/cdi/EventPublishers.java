package org.thespis.runtime.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import org.thespis.api.ActorContext;
import org.thespis.api.Connections;
import org.thespis.api.EventName;
import org.thespis.api.EventPublisher;

/** Produces the typed events that actors inject. */
@Dependent
public class EventPublishers {

    @Produces
    @Dependent
    @EventName("")
    <T> EventPublisher<T> publisher(InjectionPoint point) {
        String event = point.getQualifiers().stream()
                .filter(EventName.class::isInstance)
                .map(q -> ((EventName) q).value())
                .findFirst()
                .orElseThrow();
        return new Publisher<>(event, ActorScopedContext.currentActor());
    }

    private record Publisher<T>(String event, ActorContext actor) implements EventPublisher<T> {

        @Override
        public void send(T payload) {
            actor.connections().send(event, payload);
        }

        @Override
        public void sendTo(Connections receivers, T payload) {
            receivers.send(event, payload);
        }
    }
}
