package org.thespis.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.cluster.jgroups.JGroupsLinksTest.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.PhysicalAddress;
import org.jgroups.Receiver;
import org.jgroups.protocols.TCP;
import org.jgroups.util.Tuple;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineTcpTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int LINES = 10;
    private static final int KILLED = 50;

    /** So long that nobody is missed but by the end of its line. */
    private static final Duration DETECTION = Duration.ofMinutes(10);

    @TempDir
    static Path folder;

    private static SSLContext key;

    private final List<Integer> ports = List.of(PortsForTests.free(), PortsForTests.free());
    private final List<JChannel> channels = new ArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();

    @BeforeAll
    static void makeKey() throws Exception {
        key = KeysForTests.read(KeysForTests.make(folder, "cluster"));
    }

    @AfterEach
    void close() {
        channels.forEach(JChannel::close);
    }

    private JChannel node(int which) throws Exception {
        List<InetSocketAddress> all =
                ports.stream().map(port -> new InetSocketAddress(HERE, port)).toList();
        JChannel channel = new JChannel(Stack.of(
                new JGroupsSettings("c", HERE, ports.get(which), new Discovery.Hosts(all), key, DETECTION),
                new LineBundler()));
        channels.add(channel);
        channel.setReceiver(new Receiver() {
            @Override
            public void receive(Message message) {
                heard.incrementAndGet();
            }
        });
        return channel.connect("c");
    }

    private static TCP tcp(JChannel channel) {
        return (TCP) channel.getProtocolStack().getTransport();
    }

    private static String suspicions(JChannel channel) {
        return channel.getProtocolStack()
                .dumpStats("LineTcp", List.of("num_suspect_events"))
                .toString();
    }

    @Test
    void whoseLinesEndAndWhoLivesIsNotSuspected() throws Exception {
        JChannel one = node(0);
        JChannel other = node(1);
        await("both are there", () -> one.view().size() == 2 && other.view().size() == 2);
        for (int i = 1; i <= LINES; i++) {
            tcp(one).clearConnections();
            one.send(new ObjectMessage(other.address(), "x"));
            int sent = i;
            await("it comes by another line", () -> heard.get() == sent);
        }
        assertThat(suspicions(one)).isEqualTo("{LineTcp={num_suspect_events=0}}");
        assertThat(suspicions(other)).isEqualTo("{LineTcp={num_suspect_events=0}}");
    }

    @Test
    void whoDoesNotTakeLinesAnyMoreIsMissedAtOnce() throws Exception {
        JChannel one = node(0);
        JChannel other = node(1);
        await("both are there", () -> one.view().size() == 2 && other.view().size() == 2);
        tcp(other).stop(); // as its process ends: nobody says that it leaves
        await("it is missed", () -> one.view().size() == 1);
    }

    /** It was missed after the detection, ten seconds, if one that was killed before had had its address. */
    @Test
    void whoTookThePlaceOfOneThatWasKilledIsMissedAtOnce() throws Exception {
        JChannel one = node(0);
        JChannel other = node(1);
        await("both are there", () -> one.view().size() == 2 && other.view().size() == 2);
        Object place = one.down(new Event(Event.GET_PHYSICAL_ADDRESS, other.address()));
        for (int i = 0; i < KILLED; i++) { // the discovery names them for a while
            one.down(new Event(Event.ADD_PHYSICAL_ADDRESS, new Tuple<>(UUID.randomUUID(), (PhysicalAddress) place)));
        }
        tcp(other).stop();
        await("it is missed", () -> one.view().size() == 1);
    }
}
