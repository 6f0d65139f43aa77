package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class AsyncEndTest {

    private final Queue<Runnable> handedOver = new ArrayDeque<>();
    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private boolean returned;
    private boolean stopped;

    private final AsyncContext async = fake(AsyncContext.class, method -> {
        said.add(method);
        if (method.equals("setTimeout") && returned) {
            throw new IllegalStateException("it has returned");
        }
        if (method.equals("complete") && stopped) {
            throw new IllegalStateException("it is over");
        }
    });

    private final ScheduledExecutorService timer = fake(ScheduledExecutorService.class, method -> {
        if (stopped) {
            throw new RejectedExecutionException();
        }
    });

    private interface Called {
        void with(String method);
    }

    @SuppressWarnings("unchecked")
    private <T> T fake(Class<T> type, Called called) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            called.with(method.getName());
            if (method.getName().equals("schedule")) {
                scheduled.add((Runnable) arguments[0]);
            }
            return null;
        });
    }

    private void end(boolean waitsForReturn, Executor executor) {
        new AsyncEnd(async, waitsForReturn, executor, timer).begin();
    }

    /** Runs what was handed over until nothing is left, or the timer has it. */
    private void runAll() {
        for (Runnable next = handedOver.poll(); next != null; next = handedOver.poll()) {
            next.run();
        }
    }

    @Test
    void completesAtOnceWhereNobodyMustReturn() {
        end(false, handedOver::add);
        assertThat(said).containsExactly("complete");
    }

    @Test
    void completesWhenTheThreadHasReturnedAndNotInItsOwn() {
        returned = true;
        end(true, handedOver::add);
        assertThat(said).isEmpty();
        runAll();
        assertThat(said).containsExactly("setTimeout", "complete");
        assertThat(handedOver).isEmpty();
        assertThat(scheduled).isEmpty();
    }

    @Test
    void neverCompletesBeforeTheThreadHasReturnedAndDoesNotSpinMeanwhile() {
        end(true, handedOver::add);
        for (int i = 0; i < 50; i++) {
            runAll();
            assertThat(scheduled).hasSize(1);
            handedOver.add(scheduled.remove());
        }
        assertThat(said).doesNotContain("complete").hasSizeLessThan(70);
        returned = true;
        runAll();
        assertThat(said).endsWith("complete").containsOnlyOnce("complete");
    }

    @Test
    void looksLaterWhenAllThreadsAreBusy() {
        returned = true;
        end(true, task -> {
            throw new RejectedExecutionException();
        });
        assertThat(scheduled).hasSize(1);
        scheduled.remove().run();
        scheduled.remove().run();
        assertThat(said).containsExactly("setTimeout", "complete");
    }

    @Test
    void completesAllTheSameWhenTheServerStops() {
        stopped = true;
        end(true, task -> {
            throw new RejectedExecutionException();
        });
        assertThat(said).containsExactly("complete");
    }
}
