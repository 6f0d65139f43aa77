package org.thespis.front;

import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The end of a line whose client may still send: what it sends is thrown away until it has seen the end of the answer, or for
 * a short while. A line that is closed at once is reset by what comes then, and the client never reads why (RFC 9112, section
 * 9.6); Undertow closes it at the first byte. Runs in the I/O thread of the client.
 */
final class LingeringClose implements ExchangeCompletionListener {

    /** How long a client that was answered may go on to send. */
    static final int LINGER_MILLIS = 2_000;

    private static final int BUFFER_BYTES = 16_384;
    private static final int END = -1;

    @Override
    public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
        boolean last = !exchange.isPersistent() && !exchange.isUpgrade();
        if (last && exchange.getConnection() instanceof HttpServerConnection connection && connection.isOpen()) {
            new Line(connection.getChannel(), next).linger(connection);
        } else {
            next.proceed();
        }
    }

    private static final class Line {

        private final StreamConnection line;
        private final NextListener next;
        private final ByteBuffer dropped = ByteBuffer.allocate(BUFFER_BYTES);
        private XnioExecutor.Key timeOut;

        Line(StreamConnection line, NextListener next) {
            this.line = line;
            this.next = next;
        }

        void linger(HttpServerConnection connection) {
            try {
                ConduitStreamSourceChannel source = line.getSourceChannel();
                source.setConduit(connection.getOriginalSourceConduit());
                line.getSinkChannel().setConduit(connection.getOriginalSinkConduit());
                line.getSinkChannel().shutdownWrites();
                line.getSinkChannel().flush();
                timeOut = line.getIoThread().executeAfter(this::end, LINGER_MILLIS, TimeUnit.MILLISECONDS);
                source.setReadListener(this::drop);
                source.wakeupReads();
            } catch (IOException e) {
                end();
            }
        }

        private void drop(ConduitStreamSourceChannel source) {
            try {
                int count = source.read(dropped.clear());
                if (count == END) {
                    end();
                }
            } catch (IOException e) {
                end();
            }
        }

        private void end() {
            if (timeOut != null) {
                timeOut.remove();
            }
            IoUtils.safeClose(line);
            next.proceed();
        }
    }
}
