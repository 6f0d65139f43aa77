package org.thespis.runtime.settings;

import java.time.Duration;

/**
 * Limits of calls from inside the server.
 *
 * @param callTimeout how long who waits for an answer does so; 30 seconds by default
 * @param maxOpenCalls calls that are owed an answer, and subscriptions, of the whole node, at least 1; 100,000 by default
 * @param maxWaitingEvents events that may wait for one listener, at least 1; 1,000 by default
 * @param maxWaitingCalls what may wait for one actor to be found or created, at least 1; 1,000 by default
 * @param maxTellsPerTransaction what may wait for the commit of one transaction, at least 1; 1,000 by default
 * @param maxKeyBytes of a key in its serialized form, at least 1; 1,024 by default
 * @param maxArgumentBytes of the arguments of one call together, of an input, and of connection parameters, at least 1; 5 MiB
 *     by default
 */
public record ReferenceSettings(
        Duration callTimeout,
        int maxOpenCalls,
        int maxWaitingEvents,
        int maxWaitingCalls,
        int maxTellsPerTransaction,
        int maxKeyBytes,
        int maxArgumentBytes) {

    private static final int DEFAULT_ARGUMENT_BYTES = 5 * 1_024 * 1_024;

    public ReferenceSettings {
        ActorSettings.check("call-timeout-millis", callTimeout);
        ActorSettings.check("max-inside-calls", maxOpenCalls >= 1, maxOpenCalls, "at least 1");
        ActorSettings.check("max-waiting-events", maxWaitingEvents >= 1, maxWaitingEvents, "at least 1");
        ActorSettings.check("max-waiting-calls", maxWaitingCalls >= 1, maxWaitingCalls, "at least 1");
        ActorSettings.check(
                "max-tells-per-transaction", maxTellsPerTransaction >= 1, maxTellsPerTransaction, "at least 1");
        ActorSettings.check("max-key-bytes", maxKeyBytes >= 1, maxKeyBytes, "at least 1");
        ActorSettings.check("max-body-bytes", maxArgumentBytes >= 1, maxArgumentBytes, "at least 1");
    }

    /** With the default for arguments. */
    public ReferenceSettings(
            Duration callTimeout,
            int maxOpenCalls,
            int maxWaitingEvents,
            int maxWaitingCalls,
            int maxTellsPerTransaction,
            int maxKeyBytes) {
        this(
                callTimeout,
                maxOpenCalls,
                maxWaitingEvents,
                maxWaitingCalls,
                maxTellsPerTransaction,
                maxKeyBytes,
                DEFAULT_ARGUMENT_BYTES);
    }

    public static ReferenceSettings defaults() {
        return new ReferenceSettings(Duration.ofSeconds(30), 100_000, 1_000, 1_000, 1_000, 1_024);
    }
}
