package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.Frame;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.WireCodec;

class OpenCallsTest {

    private static final int MANY = 3 * OpenCalls.MAX_KEYED_ON_THEIR_WAY;

    /** Notes what leaves. */
    private static final class Noted implements OpenCalls.Outlet {
        private final boolean keys;
        private final List<ActionRequest> sent = new ArrayList<>();

        Noted(boolean keys) {
            this.keys = keys;
        }

        @Override
        public boolean takesKeys() {
            return keys;
        }

        @Override
        public void queue(Frame frame) {
            try {
                sent.add((ActionRequest) WireCodec.JSON.decode(((Frame.Text) frame).text()));
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }

        List<Long> ids() {
            return sent.stream().map(ActionRequest::id).toList();
        }
    }

    private static final Answer<Object> NOBODY = new Answer<>() {
        @Override
        public void result(Object result) {}

        @Override
        public void error(ActorCallException error) {}
    };

    private final OpenCalls calls = new OpenCalls(ClientBounds.DEFAULT);
    private final Noted line = new Noted(true);

    private void add(long id, String key) {
        assertThat(calls.add(
                        new OpenCalls.OpenCall(new ActionRequest(id, "x", List.of(), key), ClientCodec.JSON, NOBODY)))
                .isTrue();
    }

    private void addMany(String key) {
        for (long id = 1; id <= MANY; id++) {
            add(id, key == null ? null : key + id);
        }
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void noMoreWithKeysAreOnTheirWayThanTheServerRemembers() {
        addMany("k");
        calls.send(line);
        assertThat(line.ids()).isEqualTo(ids(1, OpenCalls.MAX_KEYED_ON_THEIR_WAY));
        calls.answered(50);
        calls.send(line);
        assertThat(line.ids()).isEqualTo(ids(1, OpenCalls.MAX_KEYED_ON_THEIR_WAY + 1));
        for (long id = 1; id <= MANY; id++) {
            calls.answered(id);
            calls.send(line);
        }
        assertThat(line.ids()).isEqualTo(ids(1, MANY));
    }

    @Test
    void thoseWithoutAKeyLeaveAtOnce() {
        addMany(null);
        calls.send(line);
        assertThat(line.ids()).isEqualTo(ids(1, MANY));
    }

    @Test
    void aLineWithoutKeysIsSentNone() {
        addMany("k");
        Noted old = new Noted(false);
        calls.send(old);
        assertThat(old.ids()).isEqualTo(ids(1, MANY));
        assertThat(old.sent).allSatisfy(call -> assertThat(call.key()).isNull());
    }

    @Test
    void afterALossThoseThatHadLeftLeaveFirstAndWithTheirKeys() {
        addMany("k");
        calls.send(line);
        calls.answered(1);
        assertThat(calls.takeLost()).isEmpty();
        Noted next = new Noted(true);
        calls.send(next);
        assertThat(next.ids()).isEqualTo(ids(2, OpenCalls.MAX_KEYED_ON_THEIR_WAY + 1));
        assertThat(next.sent.get(0).key()).isEqualTo("k2");
    }

    @Test
    void aCallThatHasLeftWithoutAKeyIsLost() {
        add(1, "k");
        calls.send(new Noted(false));
        add(2, "k");
        assertThat(calls.takeLost()).hasSize(1);
        calls.send(line);
        assertThat(line.ids()).containsExactly(2L);
    }

    @Test
    void whatIsTakenLeavesNothingBehind() {
        for (int round = 0; round < 3; round++) {
            addMany("k");
            calls.send(line);
            assertThat(calls.takeOlder(System.nanoTime() + 1_000, 0)).hasSize(MANY);
            addMany("k");
            calls.takeLost();
            assertThat(calls.takeAll()).hasSize(MANY);
        }
        line.sent.clear();
        addMany("k");
        calls.send(line);
        assertThat(line.ids()).as("all places are free").hasSize(OpenCalls.MAX_KEYED_ON_THEIR_WAY);
    }

    @Test
    void oneThatRunsIsAskedForAgainAfterAPauseAndKeepsItsPlace() {
        addMany("k");
        calls.send(line);
        line.sent.clear();
        long now = System.nanoTime();
        assertThat(calls.runs(7, now)).isTrue();
        assertThat(calls.runs(MANY, now)).as("it has not left").isFalse();
        calls.send(line);
        calls.sendAgain(line, now);
        assertThat(line.sent).isEmpty();
        calls.sendAgain(line, now + 1_000_000_000L);
        calls.sendAgain(line, now + 2_000_000_000L);
        assertThat(line.ids()).containsExactly(7L);
    }

    @Test
    void anAnswerToACallThatHasNotLeftIsNone() {
        add(1, null);
        add(2, "k");
        assertThat(calls.answered(1)).isNull();
        assertThat(calls.answered(2)).isNull();
        calls.send(line);
        assertThat(line.ids()).containsExactly(1L, 2L);
        assertThat(calls.answered(1)).isNotNull();
        assertThat(calls.answered(1)).isNull();
        calls.takeLost();
        assertThat(calls.answered(2)).as("it is to be asked again").isNull();
        assertThat(calls.takeAll()).hasSize(1);
    }
}
