package org.thespis.gateway;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.Relay;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.ManagedThreads;

/** What all endpoints and servlets share: settings, clients, and the way to the actors. */
@ApplicationScoped
public class Gateway {

    private static final int GOING_AWAY = 1001; // RFC 6455, section 7.4.1

    /** Reconnecting clients take this as temporary. */
    private static final String GOING_AWAY_REASON = "ws.going_away";

    /** Time for running turns to come to their end when the application stops. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    /** How often deadlines are looked at. */
    private static final long CARE_PERIOD_MILLIS = 1_000;

    @Inject
    ActorExtension extension;

    private ManagedScheduledExecutorService timer;
    private ExecutorService executor;
    private ManagedThreadFactory threads;
    private SessionRegistry registry;
    private GatewaySettings settings;
    private ScheduledFuture<?> care;

    @PostConstruct
    void configure() {
        JndiSettings jndi = new JndiSettings();
        settings = settings(jndi);
        timer = ManagedThreads.timer();
        executor = ManagedThreads.pool(jndi);
        threads = ManagedThreads.factory();
        registry = new SessionRegistry(new FanOut(executor));
    }

    private static GatewaySettings settings(JndiSettings jndi) {
        return new GatewaySettings(
                (int) jndi.number("max-incoming-bytes", 65_536),
                (int) jndi.number("max-low-level-incoming-bytes", 1_048_576),
                (int) jndi.number("max-outgoing-bytes", 1_048_576),
                (int) jndi.number("max-parameter-bytes", 4_096),
                (int) jndi.number("max-body-bytes", 5_242_880),
                (int) jndi.number("max-name-bytes", 256),
                (int) jndi.number("max-key-bytes", 1_024),
                (int) jndi.number("max-queued-bytes", 8_388_608),
                Duration.ofMillis(jndi.number("connect-timeout-millis", 60_000)),
                Duration.ofMillis(jndi.number("send-timeout-millis", 30_000)),
                Duration.ofMillis(jndi.number("ping-period-millis", 25_000)),
                Duration.ofMillis(jndi.number("silence-timeout-millis", 55_000)),
                words(jndi.text("allowed-origins", "")),
                jndi.text("namespace", "default"));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+")).filter(w -> !w.isEmpty()).toList();
    }

    void start() {
        extension.system().ifPresent(system -> new LocalRelay(system).connect(registry));
        care = timer.scheduleWithFixedDelay(
                this::careForSessions, CARE_PERIOD_MILLIS, CARE_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        care.cancel(false);
        extension.system().ifPresent(system -> system.stop(STOP_GRACE));
        closeInThreadOfItsOwn();
        executor.shutdown();
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
        for (Client client : registry.clients()) {
            if (client instanceof SocketClient socket) {
                socket.outbound().abort(GOING_AWAY, GOING_AWAY_REASON);
            }
        }
    }

    private void careForSessions() {
        long now = System.nanoTime();
        for (Client client : registry.clients()) {
            if (client instanceof SocketClient socket) {
                socket.care(now, settings);
            }
        }
    }

    GatewaySettings settings() {
        return settings;
    }

    Executor executor() {
        return executor;
    }

    ManagedScheduledExecutorService timer() {
        return timer;
    }

    SessionRegistry registry() {
        return registry;
    }

    /** @throws org.thespis.runtime.message.ActorException {@code guard.service_unavailable} if no actors run now */
    Relay relay() {
        ActorSystem system = extension.system().orElseThrow(Guard::unavailable);
        return new LocalRelay(system);
    }
}
