package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.Callers.Known;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.turn.Mailbox;

/** What a connection hands to its actor. */
class ConnectionClientTest {

    private static final Known ANN = new Known(new Caller("ann", Set.of("talk")), null, "a resolver", null);

    private final List<Command> asked = new ArrayList<>();
    private final List<Boolean> queued = new ArrayList<>();

    /** Notes whether an actor would run its turn in the thread that asks. */
    private final Relay relay = (Relay) Proxy.newProxyInstance(
            Relay.class.getClassLoader(), new Class<?>[] {Relay.class}, (proxy, method, arguments) -> {
                asked.add((Command) arguments[1]);
                queued.add(Mailbox.isTurn());
                return null;
            });

    private final ConnectionClient client = new ConnectionClient(
            new SocketLine(null, null, Fixtures.place(40), Standing.of(ANN), null, Duration.ofMinutes(1)),
            new Addressee(relay, new SessionRegistry(new FanOut(Runnable::run)), "actor", null),
            WireCodec.JSON,
            Fixtures.settings(),
            null);

    @Test
    void noHookOfTheAuthorsRunsWhereFreshTokensAreChecked() {
        client.renewed(ANN);
        assertThat(asked).containsExactly(new Command.Renew(client.id(), ANN.caller()));
        assertThat(queued).containsExactly(true);
        assertThat(Mailbox.isTurn()).isFalse();
    }
}
