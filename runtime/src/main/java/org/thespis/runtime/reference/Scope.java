package org.thespis.runtime.reference;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.value.ValueSize;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.ReferenceSettings;

/** What the references of one bean share: the way to those who run now, and the subscriptions that end with the bean. */
final class Scope implements AutoCloseable {

    private final Supplier<Optional<References>> running;
    private final Supplier<Caller> outside;
    private final Set<Listening> listening = ConcurrentHashMap.newKeySet(0);

    /**
     * @param running empty before the actors have started, and after they have stopped
     * @param outside who calls in a thread in which no turn runs
     */
    Scope(Supplier<Optional<References>> running, Supplier<Caller> outside) {
        this.running = running;
        this.outside = outside;
    }

    /** Those of who runs; of another before the actors have started. */
    Values values() {
        return running.get().map(References::values).orElseGet(() -> Early.VALUES);
    }

    /**
     * A copy of a value as it is now, within the bounds of what a client may send.
     *
     * @throws org.thespis.protocol.value.BindingException if it cannot be written, or is too large or deep
     */
    Object plain(Object value) {
        Optional<References> now = running.get();
        Object plain = now.map(References::values).orElseGet(() -> Early.VALUES).plain(value);
        ValueSize.require(
                plain, now.map(References::settings).orElse(Early.SETTINGS).maxArgumentBytes());
        return plain;
    }

    /** Made if somebody needs it. */
    private static final class Early {
        private static final Values VALUES = Values.create();
        private static final ReferenceSettings SETTINGS = ReferenceSettings.defaults();
    }

    /** @throws ActorCallException {@code guard.service_unavailable} if no actors run now */
    References references() {
        return running.get().orElseThrow(() -> StageAnswer.exception(ActorError.unavailable()));
    }

    Optional<References> running() {
        return running.get();
    }

    /** As whom this thread asks now. */
    Caller caller() {
        Caller known = Behind.callsAs();
        return known == null ? outside.get() : known;
    }

    /** It ends with the bean. */
    void opened(Listening subscription) {
        listening.add(subscription);
    }

    void ended(Listening subscription) {
        listening.remove(subscription);
    }

    @Override
    public void close() {
        listening.forEach(Listening::close);
    }
}
