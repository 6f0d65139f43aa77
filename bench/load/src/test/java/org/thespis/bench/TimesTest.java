package org.thespis.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void theOldestComesOutFirst() {
        Times times = new Times();
        for (int i = 0; i < 3; i++) {
            times.add(i);
        }
        assertThat(times.remove()).isZero();
        for (int i = 3; i < 20; i++) { // grows while it does not begin at the first place
            times.add(i);
        }
        for (int i = 1; i < 20; i++) {
            assertThat(times.remove()).isEqualTo(i);
        }
        assertThatThrownBy(times::remove).hasMessage("an answer that nobody waits for");
    }
}
