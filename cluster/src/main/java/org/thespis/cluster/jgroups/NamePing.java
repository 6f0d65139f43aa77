package org.thespis.cluster.jgroups;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCPPING;
import org.jgroups.util.Responses;

/** Finds nodes by the addresses that a name has now. */
public final class NamePing extends TCPPING {

    private final String host;
    private final int port;

    NamePing(String host, int port) {
        this.host = host;
        this.port = port;
        setId(ClassConfigurator.getProtocolId(TCPPING.class)); // what it sends is the same
        setPortRange(0);
    }

    @Override
    public void findMembers(List<Address> members, boolean initial, Responses responses) {
        try {
            setInitialHosts(Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList());
        } catch (UnknownHostException e) {
            log.warn("%s has no address now", host); // the addresses of before
        }
        super.findMembers(members, initial, responses);
    }
}
