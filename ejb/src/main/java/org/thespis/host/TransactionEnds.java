package org.thespis.host;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.message.Throwables;
import org.thespis.runtime.reference.AfterCommit;

/** The JTA transactions of the server. Any thread. */
final class TransactionEnds implements AfterCommit {

    private static final Logger LOG = System.getLogger(TransactionEnds.class.getName());

    private final TransactionSynchronizationRegistry registry;
    private final int maxWaiting;

    /** @param maxWaiting what may wait for one transaction */
    TransactionEnds(TransactionSynchronizationRegistry registry, int maxWaiting) {
        this.registry = registry;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public boolean defer(Waiting waiting) {
        switch (registry.getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> {
                return false;
            }
            case Status.STATUS_ACTIVE -> queue().add(waiting);
                // rolled back behind the back of its thread, as its time was over
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> waiting
                    .rolledBack();
            default -> throw new IllegalStateException("the transaction is just ending; tell before or after that");
        }
        return true;
    }

    /** What waits for the transaction of this thread. */
    private End queue() {
        Object known = registry.getResource(this);
        if (known instanceof End end) {
            return end;
        }
        End end = new End();
        registry.registerInterposedSynchronization(end);
        registry.putResource(this, end);
        return end;
    }

    /** The end of one transaction, which may come in another thread. */
    private final class End implements Synchronization {

        private final List<Waiting> all = new ArrayList<>(); // guarded by this
        private boolean over; // guarded by this

        void add(Waiting waiting) {
            synchronized (this) {
                if (all.size() >= maxWaiting) {
                    throw new IllegalStateException("more than " + maxWaiting
                            + " calls would wait for this transaction (thespis/max-tells-per-transaction)");
                }
                if (!over) {
                    all.add(waiting);
                    return;
                }
            }
            waiting.rolledBack(); // while its thread was at it, so it was not its own commit
        }

        @Override
        public void beforeCompletion() {
            // what waits does so until it is over
        }

        @Override
        public void afterCompletion(int status) {
            List<Waiting> told;
            synchronized (this) {
                over = true;
                told = List.copyOf(all);
            }
            told.forEach(waiting -> tell(waiting, status == Status.STATUS_COMMITTED));
        }

        private void tell(Waiting waiting, boolean committed) {
            try {
                if (committed) {
                    waiting.committed();
                } else {
                    waiting.rolledBack();
                }
            } catch (RuntimeException | Error e) { // one must not keep the others from theirs, nor the server
                Throwables.log(LOG, Level.ERROR, "what waited for a transaction could not be told its end", e);
            }
        }
    }
}
