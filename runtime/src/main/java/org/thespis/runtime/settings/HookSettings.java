package org.thespis.runtime.settings;

import java.time.Duration;

/**
 * Time limits of hooks but that of {@code OnCreate}.
 *
 * @param connect time after which who connects is told that the actor did not let it in; 60 seconds by default
 * @param hook time after which what waits behind a hook is told that it takes too long; 30 seconds by default
 */
public record HookSettings(Duration connect, Duration hook) {

    public HookSettings {
        ActorSettings.check("connect-timeout-millis", connect);
        ActorSettings.check("hook-timeout-millis", hook);
    }

    public static HookSettings defaults() {
        return new HookSettings(Duration.ofSeconds(60), Duration.ofSeconds(30));
    }
}
