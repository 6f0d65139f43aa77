package org.thespis.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.runtime.commit.MemoryStateStore;

/** Transactions of threads, in which authors write rows and a store in memory writes states. */
final class FakeTransactions {

    /** Rows that are committed. */
    final List<String> rows = new CopyOnWriteArrayList<>();

    /** Told of each of {@code begin, write, commit, rollback} before it happens; what is thrown fails it. */
    volatile Consumer<String> before = what -> {};

    /** What a commit says, and whether it comes through if that is not known. */
    volatile StoreTransaction.Outcome outcome = StoreTransaction.Outcome.COMMITTED;

    volatile boolean comesThrough = true;

    private final ThreadLocal<Fake> present = new ThreadLocal<>();
    private final Supplier<MemoryStateStore> memory;
    volatile int begun;
    volatile Duration timeout;

    FakeTransactions(Supplier<MemoryStateStore> memory) {
        this.memory = memory;
    }

    /** Writes a row in the transaction of this thread. */
    void row(String row) {
        if (present.get() == null) {
            throw new IllegalStateException("this thread is in no transaction");
        }
        present.get().pending.add(row);
    }

    boolean isInside() {
        return present.get() != null;
    }

    void setRollbackOnly() {
        present.get().rollbackOnly = true;
    }

    void forget() {
        present.remove();
    }

    StoreTransaction begin(Duration limit) {
        before.accept("begin");
        if (present.get() != null) {
            throw new StoreException("this thread is in a transaction", null);
        }
        begun++;
        timeout = limit;
        Fake fake = new Fake();
        present.set(fake);
        return fake;
    }

    private final class Fake implements StoreTransaction {

        private final List<String> pending = new ArrayList<>();
        private boolean rollbackOnly;
        private Write written;
        private BooleanSupplier change = () -> true;

        @Override
        public boolean isActive() {
            return present.get() == this && !rollbackOnly;
        }

        private boolean has(String id, long version) {
            return memory.get().load(id).filter(a -> a.version() == version).isPresent();
        }

        @Override
        public boolean write(Write write) {
            before.accept("write");
            if (written != null) {
                throw new StoreException("written twice", null);
            }
            written = write;
            change = () -> memory.get().write(List.of(write)).isEmpty();
            return has(write.actorId(), write.version());
        }

        @Override
        public boolean delete(String id, long version) {
            before.accept("delete");
            change = () -> memory.get().delete(id, version);
            return has(id, version);
        }

        @Override
        public Outcome commit() {
            present.remove();
            before.accept("commit");
            Outcome said = outcome;
            if (said == Outcome.COMMITTED || said == Outcome.UNKNOWN && comesThrough) {
                if (!change.getAsBoolean()) {
                    throw new IllegalStateException("somebody wrote behind the lock");
                }
                rows.addAll(pending);
            }
            return said;
        }

        @Override
        public void rollback() {
            before.accept("rollback");
            present.remove();
        }
    }
}
