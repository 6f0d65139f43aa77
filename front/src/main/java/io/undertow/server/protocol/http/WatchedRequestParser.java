package io.undertow.server.protocol.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.BadRequestException;
import java.nio.ByteBuffer;
import org.xnio.OptionMap;

/** Shows to a subclass the bytes that the parser took. Stands here, as the parser's state is not public. */
public abstract class WatchedRequestParser extends HttpRequestParser$$generated {

    protected WatchedRequestParser(OptionMap options) {
        super(options);
    }

    @Override
    public final void handle(ByteBuffer buffer, ParseState state, HttpServerExchange exchange) {
        int from = buffer.position();
        Exception failure = null;
        try {
            super.handle(buffer, state, exchange);
        } catch (BadRequestException | RuntimeException e) {
            failure = e;
        }
        if (took(buffer, from, exchange, state.isComplete(), failure)) {
            state.parseComplete();
        }
    }

    /**
     * Called after each part of a request line and its fields.
     *
     * @param from where the part starts in the buffer; it ends at the buffer's position
     * @param complete whether it is the last one
     * @param failure why the parser gave up, or null
     * @return whether the request is handed on now, complete or not
     */
    protected abstract boolean took(
            ByteBuffer buffer, int from, HttpServerExchange exchange, boolean complete, Exception failure);
}
