package org.thespis.test;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the net between loopback addresses: what is sent to them is dropped, as by a firewall. Linux as root only; whoever tests in a
 * network namespace of its own touches nobody else.
 */
final class LoopbackCut implements AutoCloseable {

    static final List<String> ADDRESSES = List.of("127.88.0.1", "127.88.0.2", "127.88.0.3");

    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private final List<String> cut = new ArrayList<>();

    /** Where node number so many listens for the others. */
    static String address(int node) {
        return LINUX ? ADDRESSES.get(node) : "127.0.0.1";
    }

    static boolean isPossible() {
        return LINUX && ip("add", "127.88.0.9") && ip("del", "127.88.0.9");
    }

    private static boolean ip(String what, String address) {
        try {
            return Commands.in(Node.ROOT)
                            .run(1, List.of("ip", "route", what, "blackhole", address + "/32", "table", "local"))
                            .exitCode()
                    == 0;
        } catch (RuntimeException e) {
            return false; // there is no such program
        }
    }

    void cut() {
        for (String address : ADDRESSES) {
            cut.add(address);
            if (!ip("add", address)) {
                throw new IllegalStateException(address + " could not be cut off");
            }
        }
    }

    @Override
    public void close() {
        cut.forEach(address -> ip("del", address));
        cut.clear();
    }
}
