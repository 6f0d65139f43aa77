package org.thespis.runtime.settings;

import java.time.Duration;
import org.thespis.runtime.document.Verification;

/**
 * Limits of what actors keep.
 *
 * @param verify when what was written of a state is read back and compared; {@code FIRST} by default
 * @param maxBytes length of the document of one actor, and of one entry of a durable collection, at least 1,024; 16 MiB by
 *     default
 * @param entryCacheBytes length of the entries that one actor keeps in memory behind its turns; 1 MiB by default
 * @param entryReadTimeout how long a turn waits for entries to be read; 5 seconds by default
 */
public record StateSettings(Verification.Policy verify, int maxBytes, int entryCacheBytes, Duration entryReadTimeout) {

    /** Below that not even the names of the fields have room. */
    static final int LEAST_BYTES = 1_024;

    private static final int MAX_BYTES = 16 * 1_024 * 1_024;
    private static final int CACHE_BYTES = 1_024 * 1_024;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    public StateSettings {
        ActorSettings.check("max-state-bytes", maxBytes >= LEAST_BYTES, maxBytes, "at least " + LEAST_BYTES);
        ActorSettings.check("entry-cache-bytes", entryCacheBytes >= 0, entryCacheBytes, "at least 0");
        ActorSettings.check("entry-read-timeout-millis", entryReadTimeout);
    }

    /** With the other defaults. */
    public StateSettings(Verification.Policy verify, int maxBytes) {
        this(verify, maxBytes, CACHE_BYTES, READ_TIMEOUT);
    }

    public static StateSettings defaults() {
        return new StateSettings(Verification.Policy.FIRST, MAX_BYTES);
    }
}
