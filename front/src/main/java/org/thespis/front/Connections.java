package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Counts the lines from clients, in all and for each address. Some above a limit are still taken, so that their clients can
 * be told; further ones are closed at once. Any thread.
 */
final class Connections {

    /** Lines that only wait to be refused, in all and for each address. */
    private static final int REFUSALS = 64;

    private final FrontSettings settings;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Fault> refused = new ConcurrentHashMap<>();

    Connections(FrontSettings settings) {
        this.settings = settings;
    }

    /** Counts a new line and hands it on, or closes it at once. */
    void open(StreamConnection line, ChannelListener<StreamConnection> next) {
        InetSocketAddress peer = line.getPeerAddress(InetSocketAddress.class);
        if (peer == null || !count(peer)) {
            IoUtils.safeClose(line);
            return;
        }
        next.handleEvent(line);
        AtomicBoolean ended = new AtomicBoolean();
        ChannelListener<? super StreamConnection> ofHttp = line.getCloseListener();
        line.setCloseListener(closed -> {
            if (ended.compareAndSet(false, true)) {
                forget(peer);
            }
            ChannelListeners.invokeChannelListener(line, ofHttp);
        });
        if (!line.isOpen() && ended.compareAndSet(false, true)) { // while the first bytes were read
            forget(peer);
        }
    }

    private boolean count(InetSocketAddress peer) {
        boolean trusted = settings.trustedProxies().contains(peer.getAddress());
        int total = all.incrementAndGet();
        int ofAddress = trusted ? 0 : byAddress.merge(peer.getAddress(), 1, Integer::sum);
        int tooManyOfAddress = ofAddress - settings.maxConnectionsPerAddress();
        int tooMany = total - settings.maxConnections();
        if (tooManyOfAddress > REFUSALS || tooMany > REFUSALS) {
            forget(peer);
            return false;
        }
        if (tooManyOfAddress > 0) {
            refused.put(peer, Fault.tooManyConnections(StatusCodes.TOO_MANY_REQUESTS));
        } else if (tooMany > 0) {
            refused.put(peer, Fault.tooManyConnections(StatusCodes.SERVICE_UNAVAILABLE));
        }
        return true;
    }

    private void forget(InetSocketAddress peer) {
        all.decrementAndGet();
        refused.remove(peer);
        byAddress.computeIfPresent(peer.getAddress(), (address, count) -> count == 1 ? null : count - 1);
    }

    /** Why the line of a request is one too many, or null. */
    Fault fault(HttpServerExchange exchange) {
        return refused.get(exchange.getConnection().getPeerAddress(InetSocketAddress.class));
    }

    int count() {
        return all.get();
    }
}
