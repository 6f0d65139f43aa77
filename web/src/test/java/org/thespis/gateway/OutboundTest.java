package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.Frame;
import org.thespis.runtime.turn.Mailbox;

/** With a session that takes frames when the test says so: no real one can be told to. */
class OutboundTest {

    private static final int MAX_QUEUED = 400_000;
    private static final int MANY = 1_000;

    private final List<String> given = new ArrayList<>();
    private final Deque<SendHandler> handlers = new ArrayDeque<>();
    private final List<CloseReason> ends = new ArrayList<>();
    private boolean inline;
    private Outbound outbound;

    @BeforeEach
    void open() {
        outbound = new Outbound(session(), MAX_QUEUED, atOnce());
    }

    /** A timer that waits for nothing: a session that has just been opened is closed by the timer. */
    private ScheduledExecutorService atOnce() {
        return timer(Runnable::run);
    }

    private ScheduledExecutorService timer(Executor executor) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduledExecutorService.class}, (p, m, a) -> {
                    executor.execute((Runnable) a[0]);
                    return null;
                });
    }

    private Session session() {
        RemoteEndpoint.Async remote = (RemoteEndpoint.Async) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RemoteEndpoint.Async.class}, (p, m, a) -> {
                    given.add((String) a[0]);
                    if (inline) {
                        ((SendHandler) a[1]).onResult(new SendResult());
                    } else {
                        handlers.add((SendHandler) a[1]);
                    }
                    return null;
                });
        return (Session)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Session.class}, (p, m, a) -> {
                    if (m.getName().equals("close")) {
                        ends.add((CloseReason) a[0]);
                    }
                    return m.getName().equals("getAsyncRemote") ? remote : null;
                });
    }

    private void send(int from, int to) {
        for (int i = from; i < to; i++) {
            outbound.send(new Frame.Text("" + i, 1));
        }
    }

    private void take(int frames) {
        for (int i = 0; i < frames; i++) {
            handlers.remove().onResult(new SendResult());
        }
    }

    private List<String> numbers(int to) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < to; i++) {
            numbers.add("" + i);
        }
        return numbers;
    }

    @Test
    void aNumberOfFramesIsOnItsWayAndTheOthersFollowInOrder() {
        send(0, MANY);
        assertThat(given).isEqualTo(numbers(256));
        take(3);
        assertThat(given).isEqualTo(numbers(259));
        take(MANY - 3);
        assertThat(given).isEqualTo(numbers(MANY));
        assertThat(handlers).isEmpty();
    }

    @Test
    void largeFramesAreFewOnTheirWay() {
        for (int i = 0; i < 20; i++) {
            outbound.send(new Frame.Text("" + i, 20_000));
        }
        assertThat(given).isEqualTo(numbers(4));
        take(1);
        assertThat(given).isEqualTo(numbers(5));
        take(19);
        assertThat(given).isEqualTo(numbers(20));
        assertThat(handlers).isEmpty();
    }

    @Test
    void aFrameThatIsLargerThanAllThatMayBeOnTheirWayLeavesAlone() {
        outbound.send(new Frame.Text("0", 300_000));
        outbound.send(new Frame.Text("1", 1));
        assertThat(given).isEqualTo(numbers(1));
        take(1);
        assertThat(given).isEqualTo(numbers(2));
    }

    @Test
    void framesThatAreTakenInTheSendItselfFollowInOrder() {
        inline = true;
        send(0, MANY);
        assertThat(given).isEqualTo(numbers(MANY));
    }

    @Test
    void whatIsQueuedIsWrittenByWhoeverIsAskedTo() {
        assertThat(outbound.queue(new Frame.Text("0", 1))).isTrue();
        assertThat(outbound.queue(new Frame.Text("1", 1))).isFalse();
        assertThat(given).isEmpty();
        outbound.run();
        assertThat(given).isEqualTo(numbers(2));
    }

    @Test
    void theSessionIsClosedWhenAllHasBeenTaken() {
        send(0, 10);
        outbound.close(1000, "done");
        outbound.send(new Frame.Text("too late", 8));
        take(9);
        assertThat(ends).isEmpty();
        take(1);
        assertThat(given).isEqualTo(numbers(10));
        assertThat(ends)
                .singleElement()
                .extracting(CloseReason::getReasonPhrase)
                .isEqualTo("done");
    }

    @Test
    void anIdleSessionIsClosedAtOnce() {
        inline = true;
        send(0, 1);
        outbound.close(1000, null);
        assertThat(ends).hasSize(1);
    }

    @Test
    void whoHasTooMuchWaitingIsClosed() {
        inline = true;
        outbound.send(new Frame.Text("taken", MAX_QUEUED));
        inline = false;
        outbound.send(new Frame.Text("waits", MAX_QUEUED));
        assertThat(ends).isEmpty();
        outbound.send(new Frame.Text("one too many", 1));
        assertThat(ends)
                .singleElement()
                .extracting(CloseReason::getReasonPhrase)
                .isEqualTo("connection.too_slow");
        take(1);
        assertThat(given).containsExactly("taken", "waits");
    }

    @Test
    void whoTakesNothingInTimeIsClosed() {
        outbound.checkDeadline(100, 50);
        send(0, 300);
        outbound.checkDeadline(149, 50);
        take(1);
        outbound.checkDeadline(190, 50); // it took one since
        outbound.checkDeadline(239, 50);
        assertThat(ends).isEmpty();
        outbound.checkDeadline(240, 50);
        assertThat(ends).hasSize(1);
        take(256);
        assertThat(given).hasSize(257);
    }

    @Test
    void aSessionThatFailsIsClosed() {
        send(0, 300);
        handlers.remove().onResult(new SendResult(new IOException("gone")));
        assertThat(ends).hasSize(1);
        take(255);
        assertThat(given).hasSize(256);
    }

    @Test
    void whoIsClosedInItsOpeningIsClosedBehindItHoweverLongThatTakes() {
        List<Runnable> scheduled = new ArrayList<>();
        outbound = new Outbound(session(), MAX_QUEUED, timer(scheduled::add));
        pass(Duration.ofMillis(60)); // as a hook that looks into a database
        outbound.close(1011, "user.no");
        assertThat(ends).isEmpty();
        scheduled.forEach(Runnable::run);
        assertThat(ends).hasSize(1);
    }

    @Test
    void whoIsClosedLaterIsClosedAtOnce() {
        outbound = new Outbound(session(), MAX_QUEUED, timer(task -> {}));
        outbound.opened();
        pass(Duration.ofMillis(60));
        outbound.close(1011, "user.no");
        assertThat(ends).hasSize(1);
    }

    private static void pass(Duration time) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    /** WildFly calls onClose in the thread that closes: the timer, one that writes to others, a loop. */
    @Test
    void hooksOfTheEndDoNotRunInTheThreadThatCloses() {
        List<Boolean> queued = new ArrayList<>();
        Session session = (Session)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Session.class}, (p, m, a) -> {
                    queued.add(Mailbox.isTurn());
                    return null;
                });
        new Outbound(session, MAX_QUEUED, atOnce()).abort(1011, "connection.silent");
        assertThat(queued).containsExactly(true);
        assertThat(Mailbox.isTurn()).isFalse();
    }
}
