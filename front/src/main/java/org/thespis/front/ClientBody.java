package org.thespis.front;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of a request, which may end early, and whose length shows only while it comes if it comes in chunks. When something
 * is wrong with it, the line to the server is cut, but that to the client stays until it was told why; Undertow's own limit
 * would cut both. The rest of one that is too long is dropped first, for a short while: a line that is closed over bytes that
 * nobody has read is reset, and its client reads nothing. Used in the I/O thread of the client.
 */
final class ClientBody extends AbstractStreamSourceConduit<StreamSourceConduit> {

    private static final AttachmentKey<Fault> FAULT = AttachmentKey.create(Fault.class);
    private static final long NO_LIMIT = -1;
    private static final int END = -1;
    private static final int DROPPED_BYTES = 8_192;

    private final HttpServerExchange exchange;
    private final int maxBytes;
    private long bytes;
    private long dropUntilNanos; // of one that is too long

    private ClientBody(StreamSourceConduit next, HttpServerExchange exchange, int maxBytes) {
        super(next);
        this.exchange = exchange;
        this.maxBytes = maxBytes;
    }

    /** Watches and bounds the body of a request. */
    static void watch(HttpServerExchange exchange, FrontSettings settings) {
        if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            exchange.setMaxEntitySize(NO_LIMIT);
        }
        exchange.addRequestWrapper((factory, same) -> new ClientBody(factory.create(), same, settings.maxBodyBytes()));
    }

    /** What was wrong with a body, or null. */
    static Fault fault(HttpServerExchange exchange) {
        return exchange.getAttachment(FAULT);
    }

    private interface Read {
        long now() throws IOException;
    }

    /** @throws IOException when the body has ended early or was too long; from then on it is over */
    private long bounded(Read read) throws IOException {
        if (fault(exchange) != null) {
            return END;
        }
        if (!isTooLong()) {
            long count = whole(read);
            bytes += Math.max(0, count);
            if (!isTooLong()) {
                return count;
            }
            dropUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LingeringClose.LINGER_MILLIS);
            exchange.getIoThread().executeAfter(next::wakeupReads, LingeringClose.LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
        drop();
        return 0;
    }

    private boolean isTooLong() {
        return bytes > maxBytes;
    }

    private long whole(Read read) throws IOException {
        try {
            return read.now();
        } catch (IOException e) {
            exchange.putAttachment(FAULT, new Fault("its body is not whole"));
            exchange.setPersistent(false);
            throw e;
        }
    }

    /** The rest of a body that is too long, so that its client comes to reading why. */
    private void drop() throws IOException {
        ByteBuffer dropped = ByteBuffer.allocate(DROPPED_BYTES);
        long count = 1;
        while (count > 0 && System.nanoTime() - dropUntilNanos < 0) {
            count = next.read(dropped.clear());
        }
        if (count != 0) {
            exchange.putAttachment(FAULT, Fault.bodyTooLong(maxBytes));
            exchange.setPersistent(false); // what follows on the line may be the rest of the body
            Connectors.terminateRequest(exchange);
            throw new IOException("the body is too long");
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return (int) bounded(() -> next.read(into));
    }

    @Override
    public long read(ByteBuffer[] into, int from, int count) throws IOException {
        return bounded(() -> next.read(into, from, count));
    }

    @Override
    public long transferTo(long position, long count, FileChannel to) throws IOException {
        return bounded(() -> next.transferTo(position, count, to));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel to) throws IOException {
        return bounded(() -> next.transferTo(count, through, to));
    }

    /** Would cut the line before its client was told. */
    @Override
    public void terminateReads() throws IOException {
        if (fault(exchange) == null) {
            next.terminateReads();
        }
    }
}
