package org.thespis.runtime.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread that cannot be started holds up only for a while. */
class DispatcherTest {

    @Test
    void aThreadThatCannotBeStartedDoesNotEndAnActor() {
        AtomicBoolean none = new AtomicBoolean(true);
        Dispatcher dispatcher = new Dispatcher(task -> {
            if (none.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        });
        Mailbox mailbox = new Mailbox(dispatcher);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            try {
                mailbox.submit(new Mailbox.Task() {
                    @Override
                    protected void run() {
                        ran.incrementAndGet();
                    }
                });
            } catch (OutOfMemoryError e) {
                // who brings it may learn of it
            }
        }
        dispatcher.tryAgain();
        assertThat(ran).hasValueGreaterThan(0);
    }
}
