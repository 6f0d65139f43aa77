package org.thespis.cluster.jgroups;

import org.jgroups.Message;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.util.ByteArrayDataOutputStream;

/**
 * Writes what a line sends in the thread of that line, which saves the way to another thread for each frame. What JGroups says
 * to a node itself has a thread for each, so that one that does not read holds up no other; what it says to all has one. Any thread.
 */
final class LineBundler extends PerDestinationBundler {

    /** Bytes of most frames. */
    private static final int USUAL = 4_096;

    /** What the threads of lines write with; null in all others. */
    private final ThreadLocal<ByteArrayDataOutputStream> line = new ThreadLocal<>();

    private volatile boolean ended;

    LineBundler() {
        useSingleSenderThread(false);
    }

    @Override
    public void start() {
        ended = false;
        super.start();
    }

    @Override
    public void stop() {
        ended = true;
        super.stop();
    }

    /** From now on what this thread sends is written by it. It may block until the receiver reads, or is no member any more. */
    void isLine() {
        if (line.get() == null) {
            line.set(new ByteArrayDataOutputStream(USUAL));
        }
    }

    @Override
    public void send(Message message) throws Exception {
        if (ended) {
            return; // or it would start a thread, or open a line, that nobody ends
        }
        ByteArrayDataOutputStream mine = line.get();
        if (mine == null || message.getDest() == null) {
            super.send(message);
            if (ended) {
                super.stop(); // it ended meanwhile
            }
            return;
        }
        if (message.getSrc() == null) {
            message.setSrc(local_addr);
        }
        mine.position(0);
        try {
            sendSingle(message.getDest(), message, mine);
        } catch (Exception e) {
            log.trace(
                    FMT,
                    local_addr,
                    message.getDest(),
                    e.getMessage()); // it is sent again, as long as its receiver is a member
        }
    }
}
