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
    void growsAndAppends() {
        Bytes part = new Bytes();
        part.ascii("x".repeat(200));
        Bytes whole = new Bytes();
        whole.u8('<');
        whole.append(part);
        whole.append(part);
        assertThat(whole.size()).isEqualTo(401);
        assertThat(whole.utf8Text()).isEqualTo("<" + "x".repeat(400));
        assertThat(whole.toBuffer().remaining()).isEqualTo(401);
    }
}
