package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens many lines. */
final class Lines {

    private static final int AT_A_TIME = 64;
    private static final long OPEN_SECONDS = 60;

    private Lines() {}

    /** Opens {@code count} lines and waits until the peer has let all in. */
    static List<Line> open(EventLoopGroup group, Peer peer, int count) throws Exception {
        List<Line> lines = new ArrayList<>(count);
        while (lines.size() < count) {
            List<CompletableFuture<Line>> some = new ArrayList<>();
            for (int i = lines.size(); i < Math.min(count, lines.size() + AT_A_TIME); i++) {
                some.add(open(group, peer, peer.address().apply(i)));
            }
            for (CompletableFuture<Line> line : some) {
                lines.add(line.get(OPEN_SECONDS, TimeUnit.SECONDS));
            }
        }
        return lines;
    }

    private static CompletableFuture<Line> open(EventLoopGroup group, Peer peer, Line.Address address) {
        CompletableFuture<Void> greeted = new CompletableFuture<>();
        CompletableFuture<Line> opened = Line.open(group, address, peer.manners(), new Line.Listener() {
            @Override
            public void message(Line line, ByteBuf payload, int index, int length) {
                greeted.complete(null);
            }

            @Override
            public void failed(Throwable fault) {
                greeted.completeExceptionally(fault);
            }
        });
        return peer.greets() ? opened.thenCombine(greeted, (line, nothing) -> line) : opened;
    }

    static void close(List<Line> lines) throws Exception {
        CompletableFuture.allOf(lines.stream().map(Line::close).toArray(CompletableFuture<?>[]::new))
                .get(OPEN_SECONDS, TimeUnit.SECONDS);
    }
}
