package org.thespis.gateway.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The proxies in front of this server whose word on their clients counts. */
final class Proxies {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** An IPv6 client may take any address of its network. */
    private static final int CLIENT_NETWORK_BYTES = 8;

    private record Network(byte[] address, int bits) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            byte[] bytes = bytes(address).orElseThrow(() -> wrong(text));
            int all = bytes.length * Byte.SIZE;
            try {
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= all) {
                    return new Network(bytes, bits);
                }
            } catch (NumberFormatException e) {
                // below
            }
            throw wrong(text);
        }

        private static IllegalArgumentException wrong(String text) {
            return new IllegalArgumentException("thespis/trusted-proxies: not an address or network: " + text);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> trusted;

    /** @throws IllegalArgumentException if one is no address or network such as {@code 10.0.0.0/8} */
    Proxies(List<String> trusted) {
        this.trusted = trusted.stream().map(Network::parse).toList();
    }

    /** Whether what the peer forwards counts. */
    boolean trusts(String peer) {
        return bytes(peer)
                .filter(address -> trusted.stream().anyMatch(network -> network.contains(address)))
                .isPresent();
    }

    /** What counts for one client: its address, or its network for IPv6. */
    String client(RequestHead head) {
        return network(address(head));
    }

    /** The address of the client: the last one that no trusted proxy has, or the peer. */
    String address(RequestHead head) {
        String client = head.peer();
        if (trusts(client) && head.forwardedFor() != null) {
            String[] chain = head.forwardedFor().split(",");
            for (int i = chain.length - 1; i >= 0 && trusts(client); i--) {
                String next = chain[i].trim();
                if (bytes(next).isEmpty()) {
                    break;
                }
                client = next;
            }
        }
        return client;
    }

    private static String network(String client) {
        Optional<byte[]> bytes = bytes(client);
        if (bytes.isEmpty() || bytes.get().length < CLIENT_NETWORK_BYTES) {
            return client;
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(bytes.get(), CLIENT_NETWORK_BYTES), bytes.get().length);
        try {
            return Inet6Address.getByAddress(network).getHostAddress();
        } catch (UnknownHostException e) {
            return client;
        }
    }

    /** The bytes of an address; empty if the text is none. Names are never looked up. */
    static Optional<byte[]> bytes(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!LITERAL.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
