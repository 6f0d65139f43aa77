package org.thespis.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Turns in the naming context of a module. */
class ModuleContextTest {

    private static final long PATIENCE_SECONDS = 30;

    private final FakeContexts server = new FakeContexts();
    private final List<String> seen = new ArrayList<>();

    private final List<String> transactions = new ArrayList<>(); // of this thread
    private final Leftover leftover = new Leftover() {
        @Override
        public boolean isThere() {
            return !transactions.isEmpty();
        }

        @Override
        public void end() {
            transactions.remove(transactions.size() - 1);
            seen.add("ended in " + server.here.get());
        }
    };

    private ModuleContext of(String module) {
        server.here.set(module);
        ModuleContext context = new ModuleContext(server.service(), server::service, () -> leftover);
        server.here.remove();
        return context;
    }

    private void note() {
        seen.add(server.here.get());
    }

    @Test
    void aTurnRunsInItAndTheThreadIsGivenBack() {
        ModuleContext shop = of("shop");
        server.here.set("gateway");
        shop.run(this::note);
        note();
        assertThat(seen).containsExactly("shop", "gateway");
    }

    @Test
    void aTurnInsideAnotherOneIsInItsOwn() {
        ModuleContext shop = of("shop");
        of("store").run(() -> {
            shop.run(this::note);
            note();
        });
        assertThat(seen).containsExactly("shop", "store");
    }

    @Test
    void whatTheServerRefusesRunsWithoutIt() {
        ModuleContext shop = of("shop");
        server.refuses = true;
        shop.run(this::note);
        assertThat(seen).containsExactly((String) null);
    }

    @Test
    void aTurnIsNotRunAgainIfTheServerBreaksBehindIt() {
        ModuleContext shop = of("shop");
        shop.run(() -> {
            note();
            server.breaksBehind = true;
        });
        assertThat(seen).containsExactly("shop");
    }

    @Test
    void noTwoThreadsUseOneOfTheServersAtATime() throws Exception {
        ModuleContext shop = of("shop");
        CountDownLatch both = new CountDownLatch(2);
        Runnable turn = () -> shop.run(() -> {
            both.countDown();
            await(both);
        });
        Thread one = new Thread(turn);
        Thread two = new Thread(turn);
        one.start();
        two.start();
        one.join();
        two.join();
        assertThat(both.getCount()).isZero();
        assertThat(server.shared).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatATurnLeavesInItsThreadIsEnded() {
        of("shop").run(() -> transactions.add("left"));
        assertThat(seen).containsExactly("ended in shop");
        assertThat(transactions).isEmpty();
    }

    @Test
    void whatATurnLeavesIsEndedWhereTheServerGivesNoContextToo() {
        ModuleContext shop = of("shop");
        server.refuses = true;
        shop.run(() -> transactions.add("left"));
        assertThat(transactions).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsLeftAlone() {
        transactions.add("of who asked");
        of("shop").run(this::note);
        assertThat(transactions).containsExactly("of who asked");
    }
}
