package org.thespis.runtime.module;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.thespis.runtime.declaration.Surroundings;

/**
 * The naming context of a module, as a {@link ContextService} of the server has taken it from a thread in which one of its
 * components ran. Any thread.
 */
final class ModuleContext implements Surroundings {

    private static final Logger LOG = System.getLogger(ModuleContext.class.getName());

    private final Executor first; // guarded by this
    private final Supplier<ContextService> service;
    private final Supplier<Leftover> leftover;

    /**
     * Taken from the first, each for one thread at a time: Payara writes into it which thread it serves. As many as turns of
     * the module have run at a time.
     */
    private final Queue<Executor> free = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean broken = new AtomicBoolean();

    /**
     * That of the component which runs in this thread.
     *
     * @param service takes the context for turns out of this one; known when the first turn runs
     * @param leftover what turns leave in their threads
     */
    ModuleContext(ContextService here, Supplier<ContextService> service, Supplier<Leftover> leftover) {
        this.first = here.currentContextExecutor();
        this.service = service;
        this.leftover = leftover;
    }

    @Override
    public void run(Runnable turn) {
        Once once = new Once(turn, leftover.get());
        try {
            Executor mine = take();
            mine.execute(once);
            free.offer(mine);
        } catch (RuntimeException | Error e) { // the server's: a turn throws nothing
            if (broken.compareAndSet(false, true)) {
                LOG.log(Level.INFO, "the names of a module are not at hand for its turns, as when it goes", e);
            }
        }
        if (!once.begun) {
            once.run();
        }
    }

    private Executor take() {
        Executor mine = free.poll();
        return mine == null ? another() : mine;
    }

    private synchronized Executor another() {
        Executor[] taken = new Executor[1];
        first.execute(() -> taken[0] = service.get().currentContextExecutor());
        return taken[0];
    }

    private static final class Once implements Runnable {

        private final Runnable turn;
        private final Leftover leftover;
        private boolean begun;

        private Once(Runnable turn, Leftover leftover) {
            this.turn = turn;
            this.leftover = leftover;
        }

        @Override
        public void run() {
            begun = true;
            boolean before = leftover.isThere();
            try {
                turn.run();
            } finally {
                if (!before && leftover.isThere()) { // still within the context, which could not be reset
                    leftover.end();
                }
            }
        }
    }
}
