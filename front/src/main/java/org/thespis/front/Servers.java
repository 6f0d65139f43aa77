package org.thespis.front;

import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** The servers behind the front: which of them gets the next line, and who waits until one is ready. Any thread. */
final class Servers {

    private final List<Server> all;
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet(); // as many as there are lines of clients, at most
    private int turn; // who is first among those with equally many lines; guarded by this

    /**
     * @param addresses of the application on each server, with its context path, the same for all
     * @throws IllegalArgumentException if there is none, one twice, or one with another path
     */
    Servers(URI... addresses) {
        all = Arrays.stream(addresses).map(Server::new).toList();
        Set<URI> different = new HashSet<>();
        for (Server server : all) {
            if (!different.add(server.authority())) {
                throw new IllegalArgumentException(server + " is named twice");
            }
            if (!server.path().equals(all.get(0).path())) {
                throw new IllegalArgumentException("the path of " + server + " is another than that of " + all.get(0));
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is no server");
        }
    }

    List<Server> all() {
        return all;
    }

    boolean anyReady() {
        return all.stream().anyMatch(Server::isReady);
    }

    /** Whether a server has nothing to be waited for, as another one is ready; with one server there is nowhere to go. */
    boolean isLeft(Server server) {
        return !server.isReady() && anyReady();
    }

    /** Lines that are open now, or about to be. */
    int lines() {
        return all.stream().mapToInt(Server::lines).sum();
    }

    /** Takes a place at the ready server with the fewest lines, or null; those with as many get theirs in turn. */
    synchronized Server.Place take(Set<Server> without) {
        int best = -1;
        for (int i = 0; i < all.size(); i++) {
            int next = (turn + i) % all.size();
            Server server = all.get(next);
            boolean mayBe = server.isReady() && !without.contains(server);
            if (mayBe && (best < 0 || server.lines() < all.get(best).lines())) {
                best = next;
            }
        }
        if (best < 0) {
            return null;
        }
        turn = (best + 1) % all.size();
        return all.get(best).place();
    }

    /** What a server has said of itself, or by its silence. */
    void learn(Server server, boolean ready) {
        server.ready(ready);
        if (ready) {
            for (Waiter waiter : waiting) {
                if (waiting.remove(waiter)) {
                    waiter.wake();
                }
            }
        }
    }

    /**
     * Waits until any server says that it is ready, also one that has said so before.
     *
     * @param thread the current one, in which {@code then} runs
     * @param millis after so long it runs in any case
     */
    void await(XnioIoThread thread, long millis, Runnable then) {
        Waiter waiter = new Waiter(thread, then);
        waiter.timeOut = thread.executeAfter(
                () -> {
                    if (waiting.remove(waiter)) {
                        then.run();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
        waiting.add(waiter);
    }

    private static final class Waiter {

        private final XnioIoThread thread;
        private final Runnable then;
        private XnioExecutor.Key timeOut;

        Waiter(XnioIoThread thread, Runnable then) {
            this.thread = thread;
            this.then = then;
        }

        void wake() {
            timeOut.remove();
            thread.execute(then);
        }
    }
}
