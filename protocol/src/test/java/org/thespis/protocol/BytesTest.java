package org.thespis.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void readsUtf8WithReplacementCharactersThatWereSent() throws MalformedMessageException {
        for (String text : new String[] {"", "plain", "k\u00f6rper", "\ud83d\ude00", "was \ufffd before"}) {
            assertThat(Bytes.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        }
    }

    @Test
    void refusesWhatIsNoUtf8() {
        for (byte[] wrong : new byte[][] {{(byte) 0xff}, {'a', (byte) 0xc3}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
            assertThatThrownBy(() -> Bytes.text(wrong)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void growsAndPutsLengthsInFront() {
        for (int length : new int[] {0, 1, 127, 128, 300, 16_383, 16_384, 2_097_151, 2_097_152}) {
            Bytes out = new Bytes();
            out.u8('<');
            int start = out.startData();
            out.ascii("x".repeat(length));
            out.endData(start);
            byte[] bytes = out.toArray();
            long read = 0;
            int at = 1;
            for (int shift = 0; ; shift += 7) {
                read |= (long) (bytes[at] & 0x7f) << shift;
                if (bytes[at++] >= 0) {
                    break;
                }
            }
            assertThat(read).isEqualTo(length);
            assertThat(new String(bytes, at, bytes.length - at, StandardCharsets.US_ASCII))
                    .isEqualTo("x".repeat(length));
            assertThat(out.toBuffer().remaining()).isEqualTo(bytes.length);
        }
    }
}
