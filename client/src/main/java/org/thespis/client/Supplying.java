package org.thespis.client;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;

/** Asks the application once for what goes with a try, in a thread that is interrupted when the time for it is over. */
final class Supplying implements Ticked, Runnable {

    private final LiveClient client;
    private final Supplier<Supplied> suppliers;
    private final Consumer<Supplied> supplied;
    private final Consumer<ActorCallException> failed;
    private final long begun = System.nanoTime();
    private Thread thread; // guarded by this
    private boolean over; // guarded by this

    /** @param suppliers code of the application: may block, and throw anything */
    Supplying(
            LiveClient client,
            Supplier<Supplied> suppliers,
            Consumer<Supplied> supplied,
            Consumer<ActorCallException> failed) {
        this.client = client;
        this.suppliers = suppliers;
        this.supplied = supplied;
        this.failed = failed;
    }

    @Override
    public void run() {
        synchronized (this) {
            if (over) {
                return;
            }
            thread = Thread.currentThread();
        }
        Supplied result = null;
        ActorCallException failure = null;
        try {
            result = suppliers.get();
        } catch (ActorCallException e) {
            failure = e;
        } catch (Throwable e) { // whatever the application throws
            failure = ClientErrors.supplyFailed(e);
        }
        if (!finish()) {
            return;
        }
        if (failure == null) {
            supplied.accept(result);
        } else {
            failed.accept(failure);
        }
    }

    /** Whether this is the one end. The thread is nobody's to interrupt from then on. */
    private boolean finish() {
        boolean first;
        synchronized (this) {
            thread = null;
            first = !over;
            over = true;
            Thread.interrupted();
        }
        client.remove(this);
        return first;
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - begun < client.times().supply().toNanos()) {
            return;
        }
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        client.remove(this);
        client.execute(
                () -> failed.accept(ClientErrors.supplyTimedOut(client.times().supply())));
    }
}
