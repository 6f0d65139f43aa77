package org.thespis.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One WebSocket of the load generator. Used by the thread of its event loop, but for {@link #open} and {@link #close}. */
final class Line extends ByteToMessageDecoder {

    /** Is told of each message that arrives. */
    @FunctionalInterface
    interface Listener {
        /** @param payload is read only during the call, from {@code index} on */
        void message(Line line, ByteBuf payload, int index, int length);

        /** The line is of no more use. */
        default void failed(Throwable fault) {}
    }

    private static final int HEAD = 2;
    private static final int SHORT = 126;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuf PONG = Frames.pong();

    private final Address address;
    private final Manners manners;
    private final CompletableFuture<Line> opened = new CompletableFuture<>();
    private Listener listener;
    private Channel channel;
    private boolean upgraded;
    private boolean written;
    private volatile boolean closing;

    /** Times at which calls were sent that are not answered yet. */
    final Times pending = new Times();

    /**
     * @param protocols subprotocols to offer, or null
     * @param local where the connection comes from; null for any
     */
    record Address(String host, int port, String path, String protocols, String local) {

        Address(String host, int port, String path, String protocols) {
            this(host, port, path, protocols, null);
        }

        /** From another loopback address; 0 for the usual one. Linux has them all. */
        Address from(int number) {
            return number == 0 ? this : new Address(host, port, path, protocols, "127.0.0." + (1 + number));
        }
    }

    private Line(Address address, Manners manners, Listener listener) {
        this.address = address;
        this.manners = manners;
        this.listener = listener;
    }

    /** Opens a line; completes when the server has accepted the WebSocket. */
    static CompletableFuture<Line> open(EventLoopGroup group, Address address, Manners manners, Listener listener) {
        Line line = new Line(address, manners, listener);
        Bootstrap bootstrap = new Bootstrap();
        if (address.local != null) {
            bootstrap.localAddress(address.local, 0);
        }
        bootstrap
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(line);
                    }
                })
                .connect(address.host, address.port)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        line.opened.completeExceptionally(done.cause());
                    }
                });
        return line.opened;
    }

    void listen(Listener next) {
        listener = next;
    }

    /** Sends a frame, at once if no message is being handled. */
    void send(ByteBuf frame) {
        if (channel.eventLoop().inEventLoop()) {
            channel.write(frame.duplicate());
            written = true;
        } else {
            channel.writeAndFlush(frame.duplicate());
        }
    }

    void flush() {
        if (written) {
            written = false;
            channel.flush();
        }
    }

    CompletableFuture<Void> close() {
        closing = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        channel.close().addListener(f -> done.complete(null));
        return done;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        String request = "GET " + address.path + " HTTP/1.1\r\nHost: " + address.host + ":" + address.port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (address.protocols == null ? "" : "Sec-WebSocket-Protocol: " + address.protocols + "\r\n")
                + "\r\n";
        context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!upgraded && !upgrade(in)) {
            return;
        }
        while (frame(in)) {
            // until it is used up
        }
    }

    private boolean upgrade(ByteBuf in) {
        String text = in.toString(StandardCharsets.US_ASCII);
        int end = text.indexOf(new String(END_OF_HEADERS, StandardCharsets.US_ASCII));
        if (end < 0) {
            return false;
        }
        in.skipBytes(end + END_OF_HEADERS.length);
        if (!text.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(address + " answered " + text);
        }
        upgraded = true;
        opened.complete(this);
        return true;
    }

    private boolean frame(ByteBuf in) {
        if (in.readableBytes() < HEAD) {
            return false;
        }
        int at = in.readerIndex();
        int opcode = in.getByte(at) & 0xf;
        long length = in.getByte(at + 1) & 0x7f;
        int head = length < SHORT ? HEAD : length == SHORT ? HEAD + Short.BYTES : HEAD + Long.BYTES;
        if (in.readableBytes() < head) {
            return false;
        }
        if (length >= SHORT) {
            length = length == SHORT ? in.getUnsignedShort(at + HEAD) : in.getLong(at + HEAD);
        }
        if (in.readableBytes() < head + length) {
            return false;
        }
        in.skipBytes(head + (int) length);
        handle(opcode, in, at + head, (int) length);
        return true;
    }

    private void handle(int opcode, ByteBuf in, int index, int length) {
        switch (opcode) {
            case Frames.TEXT, Frames.BINARY -> {
                if (!manners.take(this, in, index, length)) {
                    listener.message(this, in, index, length);
                }
            }
            case Frames.PING -> send(PONG);
            case Frames.CLOSE -> throw new IllegalStateException("closed by the server: "
                    + (length < 2 ? "" : in.toString(index + 2, length - 2, StandardCharsets.UTF_8)));
            default -> throw new IllegalStateException("opcode " + opcode);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        if (!closing) {
            failed(new IllegalStateException(address + " was closed"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        failed(thrown);
        closing = true;
        context.close();
    }

    private void failed(Throwable fault) {
        Faults.report(fault);
        opened.completeExceptionally(fault);
        listener.failed(fault);
    }
}
