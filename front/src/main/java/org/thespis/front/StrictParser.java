package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http.WatchedRequestParser;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.xnio.OptionMap;

/**
 * Undertow's parser, with an eye on the bytes that it takes: it lets lone CR and LF end a line and joins folded lines, which
 * another server may see otherwise. What is wrong is noted on the exchange, so that the answer can tell.
 */
final class StrictParser extends WatchedRequestParser {

    private static final AttachmentKey<Head> HEAD = AttachmentKey.create(Head.class);
    private final FrontSettings settings;

    private StrictParser(OptionMap options, FrontSettings settings) {
        super(options);
        this.settings = settings;
    }

    /** Puts a strict parser into a listener, which has no other way to take one. */
    static void install(HttpOpenListener listener, FrontSettings settings) {
        try {
            Field parser = HttpOpenListener.class.getDeclaredField("parser");
            parser.setAccessible(true);
            parser.set(listener, new StrictParser(listener.getUndertowOptions(), settings));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of Undertow keeps its parser elsewhere", e);
        }
    }

    /** What was wrong with a request, or null. */
    static Fault fault(HttpServerExchange exchange) {
        Head head = exchange.getAttachment(HEAD);
        return head == null ? null : head.fault;
    }

    @Override
    protected boolean took(
            ByteBuffer buffer, int from, HttpServerExchange exchange, boolean complete, Exception failure) {
        Head head = head(exchange);
        if (failure != null) {
            head.note(new Fault("the request line or a field cannot be read"));
        }
        head.look(buffer, from, buffer.position());
        if (head.ended != complete) {
            head.note(new Fault("a field that is none"));
        }
        if (head.size > settings.maxHeadBytes()) {
            head.note(Fault.headTooLong(settings.maxHeadBytes()));
        }
        if (complete && head.fault == null) {
            head.note(Requests.fault(exchange, settings));
        }
        if (head.fault != null) {
            buffer.position(buffer.limit()); // nobody knows where the next request would start
            makeHarmless(exchange);
        }
        return head.fault != null;
    }

    private static Head head(HttpServerExchange exchange) {
        Head head = exchange.getAttachment(HEAD);
        if (head == null) {
            head = new Head();
            exchange.putAttachment(HEAD, head);
        }
        return head;
    }

    /** Makes of a request that is refused one that Undertow takes, so that the handlers can answer. */
    private static void makeHarmless(HttpServerExchange exchange) {
        exchange.getRequestHeaders().remove(Headers.CONTENT_LENGTH);
        exchange.getRequestHeaders().remove(Headers.TRANSFER_ENCODING);
        exchange.getRequestHeaders().remove(Headers.EXPECT);
        exchange.getRequestHeaders().put(Headers.HOST, "unknown");
        exchange.getRequestHeaders().put(Headers.CONNECTION, "close");
        exchange.setProtocol(Protocols.HTTP_1_1);
        exchange.setRequestMethod(Methods.GET);
        exchange.setRequestURI("/").setRequestPath("/").setRelativePath("/").setQueryString("");
    }

    /** The bytes of one request line and its fields, as they come. */
    private static final class Head {

        private int size;
        private int lineSize;
        private byte last;
        private boolean fields;
        private boolean named;
        private boolean ended;
        private Fault fault;

        void note(Fault found) {
            fault = fault == null ? found : fault;
        }

        void look(ByteBuffer buffer, int from, int to) {
            for (int i = from; i < to; i++) {
                byte b = buffer.get(i);
                if (ended) {
                    note(new Fault("a field that is none"));
                } else if (b == '\n' != (last == '\r')) {
                    note(new Fault("a lone CR or LF"));
                } else if (last == '\n' && (b == ' ' || b == '\t')) {
                    note(new Fault("a folded field"));
                } else if (isControl(b)) {
                    note(new Fault("a control character"));
                } else if (fields && !named && !isName(b)) {
                    note(new Fault("a name of a field"));
                }
                line(b);
            }
            size += to - from;
        }

        private void line(byte b) {
            if (b == '\n') {
                ended |= lineSize == 0;
                lineSize = 0;
                fields = true;
                named = false;
            } else if (b != '\r') {
                lineSize++;
                named |= b == ':';
            }
            last = b;
        }

        /** Undertow takes blanks, or the end of the line, for the end of a name, too. */
        private boolean isName(byte b) {
            return lineSize == 0 ? b == '\r' || b == '\n' || isToken(b) : b == ':' || isToken(b);
        }

        private static boolean isToken(byte b) {
            return b >= 'a' && b <= 'z'
                    || b >= 'A' && b <= 'Z'
                    || b >= '0' && b <= '9'
                    || b > 0 && "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
        }

        private boolean isControl(byte b) {
            return b >= 0 && b < ' ' && b != '\r' && b != '\n' && !(b == '\t' && fields) || b == 0x7f;
        }
    }
}
