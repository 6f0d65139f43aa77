package org.thespis.gateway;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.admission.HeapWatch;
import org.thespis.runtime.jndi.ManagedThreads;

/** Starts the gateway, looks after its clients, and ends it. */
final class GatewayLife {

    private static final Logger LOG = System.getLogger(GatewayLife.class.getName());

    private static final int GOING_AWAY = 1001; // RFC 6455, section 7.4.1

    /** Reconnecting clients take this as temporary. */
    private static final String GOING_AWAY_REASON = "ws.going_away";

    /** Time for running turns to come to their end when the application stops. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    /** How often deadlines are looked at. */
    private static final long CARE_PERIOD_MILLIS = 1_000;

    private static final long OFTEN_MILLIS = 100;

    private final GatewayServices gateway;
    private final ManagedThreadFactory threads = ManagedThreads.factory();
    private final ScheduledFuture<?> care;
    private final ScheduledFuture<?> heap;

    /** To be called on a managed thread. */
    GatewayLife(GatewayServices gateway) {
        this.gateway = gateway;
        gateway.extension().whenRunning(relay -> relay.connect(gateway.registry()));
        gateway.tokens().care(); // so that the first keys are there early
        care = gateway.timer()
                .scheduleWithFixedDelay(this::care, CARE_PERIOD_MILLIS, CARE_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        heap = gateway.timer()
                .scheduleWithFixedDelay(this::lookOften, OFTEN_MILLIS, OFTEN_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        care.cancel(false);
        heap.cancel(false);
        gateway.extension().relay().ifPresent(relay -> relay.stop(STOP_GRACE));
        closeInThreadOfItsOwn();
        gateway.executor().shutdown();
        gateway.writers().shutdown();
    }

    /** On Payara the thread that closes a session keeps the request that opened it, and with it this application. */
    private void closeInThreadOfItsOwn() {
        Thread closer = threads.newThread(this::closeAll);
        closer.start();
        try {
            closer.join(STOP_GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        for (Client client : gateway.registry().clients()) {
            if (client instanceof SocketClient socket) {
                socket.outbound().abort(GOING_AWAY, GOING_AWAY_REASON);
            }
        }
    }

    private void lookOften() {
        HeapWatch heap = gateway.quotas().heap();
        heap.look();
        gateway.dispatcher().tryAgain();
        if (heap.isPressed()) {
            care();
        }
    }

    private void care() {
        long now = System.nanoTime();
        boolean pressed = gateway.quotas().heap().isPressed();
        for (Client client : gateway.registry().clients()) {
            if (client instanceof SocketClient socket) {
                safely(() -> socket.care(now, pressed));
                safely(() -> endIfDue(socket, now));
                safely(() -> endSessionIfRunOut(socket.login(), now));
            }
        }
        gateway.exchanges().forEach(exchange -> safely(() -> exchange.care(now)));
        safely(gateway.quotas()::tidy);
        safely(gateway.tokens()::care);
    }

    /** An actor may run its turn in the thread that asks, so the timer does not ask. */
    private void endIfDue(SocketClient socket, long now) {
        if (socket.isDue(now)) {
            gateway.executor().execute(socket::end);
        }
    }

    /** Code of the application may run when a session ends. */
    private void endSessionIfRunOut(Login login, long now) {
        if (login != null && login.hasRunOut(now)) {
            gateway.executor().execute(login::endSession);
        }
    }

    /** One that fails must not end the care for all. */
    private static void safely(Runnable caring) {
        try {
            caring.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "looking after a client failed", e);
        }
    }
}
