package org.thespis.runtime.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActorSettingsTest {

    private static ActorSettings of(Duration every) {
        return new ActorSettings(every, every, every, every, every, 1, 1);
    }

    @Test
    void aTimeForWhichNanosecondsHaveNoRoomIsRefused() {
        assertThatCode(() -> of(Duration.ofDays(36_500))).doesNotThrowAnyException();
        assertThatThrownBy(() -> of(Duration.ofMillis(Long.MAX_VALUE)))
                .hasMessageContaining("thespis/action-timeout-millis must be at least 1 ms and at most 100 years");
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> of(Duration.ZERO)).hasMessageContaining("at least 1 ms");
        assertThatThrownBy(() -> of(Duration.ofMillis(Long.MIN_VALUE))).hasMessageContaining("at least 1 ms");
    }
}
