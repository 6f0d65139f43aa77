package org.thespis.cluster.jgroups;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.IpAddress;

/**
 * TCP for which the end of a line is no sign of death where its node still takes lines: of two nodes that open one to each other at
 * once, as when one comes, one line ends, and a node of a busy machine may not say in time that it lives.
 */
public final class LineTcp extends TCP {

    /** By then another line of two is there, or the view without who leaves; whose port is looked at says so in its log. */
    private static final long SETTLES_MILLIS = 100;

    private final Duration patience;

    /** @param patience with a node that does not say whether its port is open */
    LineTcp(Duration patience) {
        this.patience = patience;
        setId(ClassConfigurator.getProtocolId(TCP.class)); // what it sends is the same
    }

    /** Called by the thread that read the line, or by one that must not wait. */
    @Override
    public void connectionClosed(Connection line) {
        getThreadFactory().newThread(() -> lookAt(line), "thespis-line-ended").start();
    }

    private void lookAt(Connection line) {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLES_MILLIS);
        } catch (InterruptedException e) {
            return; // this node ends
        }
        if (!(line.peerAddress() instanceof IpAddress node)) {
            return;
        }
        Address member = memberAt(node);
        if (member != null && !hasOther(node, line) && !takesLines(node)) {
            num_suspect_events.increment();
            up_prot.up(new Event(Event.SUSPECT, List.of(member)));
        }
    }

    /** Looked up among the members: JGroups remembers those that were killed, too, of which one may have had that address before. */
    private Address memberAt(IpAddress node) {
        for (Address member : members) {
            if (node.equals(getPhysicalAddressFromCache(member))) {
                return member;
            }
        }
        return null;
    }

    private boolean hasOther(Address node, Connection line) {
        AtomicBoolean other = new AtomicBoolean();
        srv.forAllConnections((to, one) -> {
            if (to.equals(node) && one != line && one.isConnected() && !one.isClosed()) {
                other.set(true);
            }
        });
        return other.get();
    }

    private boolean takesLines(IpAddress node) {
        try (Socket line = new Socket()) {
            line.connect(new InetSocketAddress(node.getIpAddress(), node.getPort()), (int) patience.toMillis());
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
