package org.thespis.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.gateway.admission.Place;

/** Counts the bytes of large calls of one connection until they are answered. Small ones are bounded in number by the actor. */
final class WaitingCalls {

    private static final int LARGE = 4_096;

    private final Place place;
    private final Map<Long, Long> sizes = new ConcurrentHashMap<>(0);

    WaitingCalls(Place place) {
        this.place = place;
    }

    /** @throws org.thespis.runtime.message.ActorException {@code guard.too_many_bytes} */
    void begins(long requestId, int size) {
        if (size > LARGE) {
            place.take(size);
            sizes.merge(requestId, (long) size, Long::sum);
        }
    }

    /** A call was answered; calls of one id end together. */
    void ends(long requestId) {
        Long size = sizes.isEmpty() ? null : sizes.remove(requestId);
        if (size != null) {
            place.give(size);
        }
    }
}
