package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A client leaves once, whenever its session ends. */
class SeatTest {

    private static final CloseReason REASON = new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "auth.token_expired");

    private final List<String> told = new ArrayList<>();
    private final SessionRegistry registry = new SessionRegistry(new FanOut(Runnable::run));
    private final Seat seat = new Seat(registry);

    private SocketClient client() {
        SocketClient client = new SocketClient(new SocketLine(null, null, Fixtures.place(40)), Fixtures.settings()) {
            @Override
            void text(String text, int size) {}

            @Override
            void binary(byte[] bytes) {}

            @Override
            void closed(int code, String reason) {
                told.add(code + " " + reason);
            }

            @Override
            void connectTimedOut() {}

            @Override
            void askForEnd(Command.End command) {}

            @Override
            public Prepared prepare(Output output) {
                return null;
            }
        };
        registry.add(client);
        return client;
    }

    @Test
    void itLeavesAtTheEnd() {
        seat.opened(client());
        assertThat(registry.clients()).hasSize(1);
        seat.closed(REASON);
        seat.closed(REASON);
        assertThat(registry.clients()).isEmpty();
        assertThat(told).containsExactly("1011 auth.token_expired");
    }

    @Test
    void itLeavesIfTheEndCameBeforeTheOpeningWasOver() {
        SocketClient client = client();
        seat.closed(REASON);
        seat.opened(client);
        assertThat(registry.clients()).isEmpty();
        assertThat(told).containsExactly("1011 auth.token_expired");
    }

    @Test
    void whoWasRefusedWasNeverThere() {
        seat.opened(null);
        seat.closed(REASON);
        assertThat(told).isEmpty();
    }
}
