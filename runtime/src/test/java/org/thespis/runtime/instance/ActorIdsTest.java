package org.thespis.runtime.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActorIdsTest {

    @Test
    void idsAreDistinctUuidsOfVersion7ThatBeginWithTheTime() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            long before = System.currentTimeMillis();
            UUID id = UUID.fromString(ActorIds.next());
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
            ids.add(id.toString());
        }
        assertThat(ids).hasSize(10_000);
    }
}
