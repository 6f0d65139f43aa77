package org.thespis.client;

import java.util.function.Consumer;
import org.thespis.api.ActorCallException;

/** Who is told of the life of one connection, in its lane. Any thread; under a lock, too. */
final class ConnectionListeners {

    private final Lane lane;
    private final Listeners<Void> open = new Listeners<>();
    private final Listeners<Void> close = new Listeners<>();
    private final Listeners<ActorCallException> error = new Listeners<>();
    private final Listeners<ConnectionStatus> status = new Listeners<>();

    ConnectionListeners(Lane lane) {
        this.lane = lane;
    }

    Registration onOpen(Runnable listener) {
        return open.add(nothing -> listener.run());
    }

    Registration onClose(Runnable listener) {
        return close.add(nothing -> listener.run());
    }

    Registration onError(Consumer<? super ActorCallException> listener) {
        return error.add(listener);
    }

    Registration onStatus(Consumer<? super ConnectionStatus> listener) {
        return status.add(listener);
    }

    void opened() {
        lane.put(() -> open.tell(null));
    }

    void closed() {
        lane.put(() -> close.tell(null));
    }

    void failed(ActorCallException failure) {
        lane.put(() -> error.tell(failure));
    }

    void changed(ConnectionStatus now) {
        lane.put(() -> status.tell(now));
    }
}
