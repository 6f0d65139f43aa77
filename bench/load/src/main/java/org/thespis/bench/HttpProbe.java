package org.thespis.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** POST requests over connections that are kept open, one on its way on each. */
final class HttpProbe implements Probe {

    private static final long END_SECONDS = 60;
    private static final long EACH_HOURS = 2;
    private static final int SUCCESS = 2; // hundred

    private final EventLoopGroup group;
    private final IntFunction<ByteBuf> requests;
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final Host host;
    private final Bootstrap bootstrap;
    private volatile boolean closing;

    // used by the event loop
    private Histogram nanos;
    private long end;
    private int next;
    private int limit;
    private int open;
    private CompletableFuture<Void> done = new CompletableFuture<>();

    /** @param requests the request of each number */
    HttpProbe(EventLoopGroup group, Host host, IntFunction<ByteBuf> requests, int connections) throws Exception {
        this.group = group;
        this.requests = requests;
        this.host = host;
        this.bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), new Answers());
                    }
                });
        for (int i = 0; i < connections; i++) {
            channels.add(bootstrap.connect(host.name(), host.port()).sync().channel());
        }
    }

    /** A request with a body of JSON. */
    static ByteBuf post(Host host, String path, String body) {
        byte[] request = ("POST " + path + " HTTP/1.1\r\nHost: " + host.name() + ":" + host.port()
                        + "\r\nContent-Type: application/json\r\nX-Rivet-Encoding: json\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        return Unpooled.wrappedBuffer(request);
    }

    @Override
    public Slice run(Duration time) throws Exception {
        return run(System.nanoTime() + time.toNanos(), Integer.MAX_VALUE, time.toSeconds() + END_SECONDS);
    }

    /** Sends each of the first {@code count} requests once. */
    Slice runEach(int count) throws Exception {
        return run(System.nanoTime() + TimeUnit.HOURS.toNanos(EACH_HOURS), count, TimeUnit.HOURS.toSeconds(EACH_HOURS));
    }

    private Slice run(long until, int count, long patience) throws Exception {
        done = new CompletableFuture<>();
        long start = System.nanoTime();
        group.next().execute(() -> {
            nanos = Probe.histogram();
            end = until;
            next = 0;
            limit = count;
            open = channels.size();
            channels.forEach(channel -> channel.pipeline().get(Answers.class).call(channel));
        });
        done.get(patience, TimeUnit.SECONDS);
        Faults.check();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Slice(nanos.getTotalCount() / seconds, nanos);
    }

    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {

        private long called;
        private boolean last; // the server is going to close the line

        void call(Channel channel) {
            if (next >= limit || System.nanoTime() >= end) {
                if (--open == 0) {
                    done.complete(null);
                }
                return;
            }
            called = System.nanoTime();
            channel.writeAndFlush(requests.apply(next++).retainedDuplicate());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpResponse response) {
                if (response.status().code() / 100 != SUCCESS) {
                    throw new IllegalStateException("answered " + response);
                }
                last = !HttpUtil.isKeepAlive(response);
            }
            if (part instanceof LastHttpContent) {
                nanos.recordValue(System.nanoTime() - called);
                if (!last) {
                    call(context.channel());
                }
            }
        }

        /** Payara closes a line after 256 requests. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (last) {
                channels.remove(context.channel());
                bootstrap.connect(host.name(), host.port()).addListener((ChannelFuture opened) -> {
                    if (!opened.isSuccess()) {
                        fail(opened.cause());
                        return;
                    }
                    channels.add(opened.channel());
                    opened.channel().pipeline().get(Answers.class).call(opened.channel());
                });
            } else if (!closing) {
                fail(new IllegalStateException("the server closed a line"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            fail(thrown);
            context.close();
        }

        private void fail(Throwable thrown) {
            Faults.report(thrown);
            done.completeExceptionally(thrown);
        }
    }

    @Override
    public void close() throws Exception {
        closing = true;
        for (Channel channel : channels) {
            channel.close().sync();
        }
    }
}
