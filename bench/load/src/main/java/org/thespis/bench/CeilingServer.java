package org.thespis.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/** A server that does next to nothing, on one thread: what the load generator can measure at most. */
final class CeilingServer {

    private static final int MAX_REQUEST = 65_536;

    private CeilingServer() {}

    /** @param arguments the port */
    public static void main(String[] arguments) throws Exception {
        NioEventLoopGroup group = new NioEventLoopGroup(Runtime.getRuntime().availableProcessors());
        ChannelGroup listeners = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_REQUEST),
                                        new WebSocketServerProtocolHandler(
                                                "/bench", null, false, MAX_REQUEST, false, true),
                                        new Answers(listeners));
                    }
                })
                .bind(Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Answers extends SimpleChannelInboundHandler<WebSocketFrame> {

        private final ChannelGroup listeners;
        private boolean speaker;
        private boolean room;

        private Answers(ChannelGroup listeners) {
            this.listeners = listeners;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete complete) {
                speaker = complete.requestUri().endsWith("?speaker");
                room = complete.requestUri().contains("/room");
                if (room && !speaker) {
                    listeners.add(context.channel());
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (room) {
                listeners.writeAndFlush(frame.retain(), ChannelMatchers.all(), true);
            } else {
                context.write(frame.retain());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
