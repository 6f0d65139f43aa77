package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;

class QuotasTest {

    private static final String ONE = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    private final AtomicLong time = new AtomicLong(-7); // as nanoTime, from anywhere
    private final Allowance connection = new Allowance(1, 1, 10, 1, 100);
    private final Allowance user = new Allowance(2, 1, 20, 2, 1_000);
    private final Allowance address = new Allowance(3, 1, 30, 3, 150);
    private final Allowance node = new Allowance(4, 2, 40, 4, 200);
    private final Quotas quotas = new Quotas(new Allowances(connection, user, address, node), time::get);
    private final ClientQuota one = quotas.of(ONE, Caller.ANONYMOUS);
    private final ClientQuota other = quotas.of(OTHER, Caller.ANONYMOUS);

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ActorException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    private static int until(String code, ThrowingCallable call) throws Throwable {
        for (int done = 0; ; done++) {
            try {
                call.call();
            } catch (ActorException e) {
                assertThat(e.error().code()).isEqualTo(code);
                return done;
            }
        }
    }

    @Test
    void anAddressHasItsConnectionsAndTheNodeHasAll() throws Throwable {
        assertThat(until("too_many_connections", one::connect)).isEqualTo(3);
        assertThat(until("too_many_connections", other::connect)).isEqualTo(1);
        assertThat(quotas.connections()).as("what was refused is not counted").isEqualTo(4);
    }

    @Test
    void aUserHasItsConnectionsWhateverItsAddress() {
        Caller ann = new Caller("ann");
        quotas.of(ONE, ann).connect();
        quotas.of(OTHER, ann).connect();
        refused("too_many_connections", () -> quotas.of(OTHER, ann).connect());
        assertThat(quotas.connections()).isEqualTo(2);
        quotas.of(OTHER, new Caller("bob")).connect();
    }

    @Test
    void aPlaceThatIsGivenBackIsFree() {
        for (int i = 0; i < 10; i++) {
            Place place = one.connect();
            place.take(60);
            place.give(10);
            place.close();
            place.close();
            place.give(50);
            place.take(50);
        }
        assertThat(quotas.connections()).isZero();
        assertThat(quotas.bytes()).isZero();
    }

    @Test
    void bytesAreBoundedByConnectionAddressAndNode() {
        Place first = one.connect();
        first.take(100);
        refused("too_many_bytes", () -> first.take(1));
        Place second = one.connect();
        refused("too_many_bytes", () -> second.take(51));
        second.take(50);
        Place third = other.connect();
        refused("too_many_bytes", () -> third.take(51));
        third.take(50);
        assertThat(quotas.bytes()).as("what was refused is not counted").isEqualTo(200);
        first.close();
        third.take(50);
    }

    @Test
    void handshakesComeInABurstAndThenAtTheirRate() throws Throwable {
        assertThat(until("too_many_handshakes", one::handshake)).isEqualTo(20);
        time.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(until("too_many_handshakes", one::handshake)).isEqualTo(3);
    }

    @Test
    void aConnectionThatSaysTooMuchDoesNotUseUpItsAddress() throws Throwable {
        Place loud = one.connect();
        assertThat(until("too_many_requests", loud::message)).isEqualTo(50);
        Place calm = one.connect();
        calm.message();
        time.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(until("too_many_requests", loud::message)).isEqualTo(10);
    }

    @Test
    void creationsAreCountedByTheMinute() throws Throwable {
        assertThat(until("too_many_creations", one::creation)).isEqualTo(3);
        assertThat(until("too_many_creations", other::creation)).isEqualTo(1);
        time.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(until("too_many_creations", other::creation)).isEqualTo(3);
    }

    @Test
    void whoUsesNothingIsForgottenWithoutGain() throws Throwable {
        until("too_many_handshakes", one::handshake);
        quotas.tidy();
        refused("too_many_handshakes", () -> quotas.of(ONE, Caller.ANONYMOUS).handshake());
        time.addAndGet(TimeUnit.MINUTES.toNanos(1));
        quotas.tidy();
        assertThat(until("too_many_handshakes", quotas.of(ONE, Caller.ANONYMOUS)::handshake))
                .isEqualTo(20);
    }
}
