package org.thespis.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.MalformedMessageException;

class FramesTest {

    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {};
    private static final byte[] THIRD = {4};

    private final List<byte[]> got = new ArrayList<>();

    @Test
    void messagesComeOutAsTheyWentIn() throws Exception {
        Frames.split(Frames.join(List.of(FIRST, SECOND, THIRD)), got::add);
        assertThat(got).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void aSingleMessageGoesAsItIs() throws Exception {
        byte[] message = MessageCodec.write(new Message.Reset());
        assertThat(Frames.join(List.of(message))).isEqualTo(message);
        Frames.split(message, got::add);
        assertThat(got).containsExactly(message);
    }

    @Test
    void aFrameThatEndsTooEarlyGivesWhatIsWholeAndIsRefused() {
        byte[] frame = Frames.join(List.of(FIRST, THIRD));
        for (int length = 1 + Integer.BYTES + FIRST.length + 1; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            got.clear();
            assertThatThrownBy(() -> Frames.split(cut, got::add)).isInstanceOf(MalformedMessageException.class);
            assertThat(got).containsExactly(FIRST);
        }
    }

    @Test
    void noLengthTakesMemoryThatItsFrameDoesNotHave() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 8}) {
            byte[] frame = Frames.join(List.of(FIRST, SECOND));
            for (int i = 0; i < Integer.BYTES; i++) {
                frame[1 + i] = (byte) (length >> 8 * (Integer.BYTES - 1 - i));
            }
            assertThatThrownBy(() -> Frames.split(frame, got::add)).isInstanceOf(MalformedMessageException.class);
        }
        assertThat(got).isEmpty();
    }

    @Test
    void garbageIsRefusedOrGivesNoMoreThanItHas() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] garbage = new byte[1 + random.nextInt(40)];
            random.nextBytes(garbage);
            garbage[0] = 2;
            got.clear();
            try {
                Frames.split(garbage, got::add);
            } catch (MalformedMessageException refused) {
                assertThat(refused).hasMessageContaining("frame");
            }
            assertThat(got.stream().mapToInt(message -> message.length).sum()).isLessThanOrEqualTo(garbage.length);
        }
    }
}
