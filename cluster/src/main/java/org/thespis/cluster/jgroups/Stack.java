package org.thespis.cluster.jgroups;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/** The protocols of a node. All that goes over the net goes over the lines of the transport, which are TLS with both sides known. */
final class Stack {

    /** Signs of life in the time of detection. */
    private static final int SIGNS = 4;

    /** A node that looks dead is asked once more. */
    private static final long ASKED_AGAIN_MILLIS = 500;

    /** How often parts of a cluster that was cut look for each other. */
    private static final long MERGE_MIN_MILLIS = 1_000;

    private static final long MERGE_MAX_MILLIS = 3_000;

    /** How long a node waits for an answer of the others, before it is the first. */
    private static final long JOIN_MILLIS = 2_000;

    /** How often a node asks others that it has found, before it is one by itself. */
    private static final int MAX_JOINS = 5;

    private static final int CONNECT_MILLIS = 1_000;

    /** What a receiver has not yet read, in bytes. */
    private static final long UNREAD = 4_000_000;

    private static final int FRAGMENT = 60_000;

    /** Bytes of one frame on a line: fragments, some of them together. */
    private static final int MAX_FRAME = 1 << 20;

    private Stack() {}

    static List<Protocol> of(JGroupsSettings settings, LineBundler bundler) throws Exception {
        List<Protocol> stack = new ArrayList<>();
        stack.add(transport(settings, bundler));
        stack.add(discovery(settings.discovery()));
        stack.add(new MERGE3().setMinInterval(MERGE_MIN_MILLIS).setMaxInterval(MERGE_MAX_MILLIS));
        long detection = settings.detection().toMillis();
        FD_ALL3 signs = new FD_ALL3();
        signs.setTimeout(detection);
        signs.setInterval(detection / SIGNS);
        stack.add(signs);
        stack.add(new VERIFY_SUSPECT2().setTimeout(ASKED_AGAIN_MILLIS));
        stack.add(new NAKACK2().useMcastXmit(false));
        stack.add(new UNICAST3());
        stack.add(new STABLE());
        stack.add(new GMS()
                .setJoinTimeout(JOIN_MILLIS)
                .setMaxJoinAttempts(MAX_JOINS)
                .printLocalAddress(false));
        UFC flow = new UFC();
        flow.setMaxCredits(UNREAD);
        stack.add(flow);
        FRAG4 fragments = new FRAG4();
        fragments.setFragSize(FRAGMENT);
        stack.add(fragments);
        return stack;
    }

    private static TCP transport(JGroupsSettings settings, LineBundler bundler) throws Exception {
        TCP tcp = new LineTcp(Duration.ofMillis(CONNECT_MILLIS));
        tcp.setBindAddress(settings.bind());
        tcp.setBindPort(settings.port());
        tcp.setPortRange(0);
        tcp.setMaxLength(MAX_FRAME);
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        tcp.setBundler(bundler);
        tcp.useLockToSend(true); // several threads send to a node
        tcp.tcpNodelay(true); // a call waits for its answer: together with delayed ACKs some took 40 ms
        tcp.enableSuspectEvents(true); // a line that ends is the end of a process, most often: it is asked once more
        tcp.tls(new TLS().enabled(true).setSSLContext(settings.tls()).setClientAuth(TLSClientAuth.NEED));
        return tcp;
    }

    private static Protocol discovery(Discovery discovery) {
        if (discovery instanceof Discovery.Hosts hosts) {
            TCPPING list = new TCPPING();
            list.setInitialHosts(hosts.addresses());
            list.setPortRange(0);
            return list;
        }
        if (discovery instanceof Discovery.Name name) {
            return new NamePing(name.host(), name.port());
        }
        JDBC_PING2 table = new JDBC_PING2().setDataSource(((Discovery.Database) discovery).dataSource());
        table.registerShutdownHook(false); // it would hold the application for as long as the server runs
        table.removeAllDataOnViewChange(
                true); // but the members: who comes asks each that is named there for two seconds
        return table;
    }
}
