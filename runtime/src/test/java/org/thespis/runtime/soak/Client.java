package org.thespis.runtime.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.soak.Asked.Effect;

/** A client that does by chance whatever clients can do. Used by its thread. */
final class Client implements Runnable {

    /** Calls without an answer; then it waits. */
    private static final int MAX_OPEN = 30;

    private static final int MAX_LINES = 6;
    private static final int RETRIES = 3;
    private static final List<String> TYPES = List.of("committed", "committed", "committed", "periodic", "careless");
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Book book;
    private final Chance chance;
    private final FaultyStore store;
    private final Supplier<SoakNode> nodes;
    private final int keys;
    private final long endNanos;
    private final Map<String, String> ids = new ConcurrentHashMap<>(); // by type and key
    private final List<Line> lines = new ArrayList<>();
    private final List<Asked> open = new ArrayList<>();

    Client(Book book, FaultyStore store, Supplier<SoakNode> nodes, int keys, long endNanos) {
        this.book = book;
        this.chance = book.chance;
        this.store = store;
        this.nodes = nodes;
        this.keys = keys;
        this.endNanos = endNanos;
    }

    private static String next(String prefix) {
        return prefix + NUMBERS.incrementAndGet();
    }

    @Override
    public void run() {
        try {
            while (System.nanoTime() < endNanos) {
                step();
            }
        } catch (Throwable e) {
            book.fault("a client broke", e + " at " + e.getStackTrace()[0]);
        }
    }

    private void step() throws InterruptedException {
        open.removeIf(asked -> !asked.isOwed());
        if (open.size() >= MAX_OPEN) {
            TimeUnit.MILLISECONDS.sleep(1);
            return;
        }
        if (chance.oneIn(3)) {
            TimeUnit.MICROSECONDS.sleep(chance.below(3_000));
        }
        if (lines.size() > chance.below(MAX_LINES + 1)) {
            leave(lines.remove(chance.below(lines.size())));
        }
        String type = TYPES.get(chance.below(TYPES.size()));
        String id = id(nodes.get(), type, "k" + chance.below(keys));
        if (id != null) {
            act(nodes.get(), type, id);
        }
    }

    private String id(SoakNode node, String type, String key) {
        String known = ids.get(type + key);
        if (known != null && !book.toBeDestroyed.contains(known) && !chance.oneIn(20)) {
            return known;
        }
        Wanted wanted = Wanted.of(type, ActorKey.of(key), Undefined.UNDEFINED, Caller.ANONYMOUS);
        try {
            String id = chance.oneIn(8)
                    ? node.relay.create(wanted).id()
                    : node.relay.getOrCreate(wanted).actor().id();
            ids.put(type + key, id);
            return id;
        } catch (ActorException e) {
            return null; // refused, as it may be
        }
    }

    private void act(SoakNode node, String type, String id) {
        int what = chance.below(100);
        if (what < 12) {
            connect(node, id);
        } else if (what < 50) {
            callOverLine(type);
        } else if (what < 72) {
            Call call = call();
            once(node, id, call, next("t"), null);
        } else if (what < 80) {
            withKey(id);
        } else if (what < 84) {
            Asked asked = new Asked(id, "request", next("t"), Effect.NONE, null);
            open.add(asked);
            ActorRequest request = new ActorRequest("GET", "/", Map.of(), Map.of(), new byte[0]);
            node.once(asked, new Command.Request(next("r"), Undefined.UNDEFINED, Caller.ANONYMOUS, request));
        } else if (what < 88) {
            socket(node, id);
        } else if (what < 94) {
            plan(node, id);
        } else if (what < 98) {
            once(node, id, noise(), null, null);
        } else {
            destroy(node, id);
        }
    }

    /** @param more arguments behind the token */
    private record Call(String action, Effect effect, Object... more) {

        List<Object> arguments(String token) {
            List<Object> all = new ArrayList<>();
            if (token != null) {
                all.add(token);
            }
            all.addAll(List.of(more));
            return all;
        }
    }

    private Call call() {
        return switch (chance.below(12)) {
            case 0 -> new Call("addAndSave", Effect.SAVED);
            case 1 -> new Call("addAtomically", Effect.KEPT, false);
            case 2 -> new Call("addAtomically", Effect.TAKEN_BACK, true);
            case 3 -> new Call("addAndThrow", Effect.MAYBE_KEPT);
            case 4, 5 -> new Call("addAndAnswerLater", Effect.KEPT, (long) chance.below(60));
            case 6 -> new Call("addSlowly", Effect.KEPT, (long) chance.below(chance.oneIn(30) ? 1_000 : 15));
            default -> new Call("add", Effect.KEPT);
        };
    }

    private Call noise() {
        return switch (chance.below(4)) {
            case 0 -> new Call("cron", Effect.NONE, chance.oneIn(2));
            case 1 -> new Call("kick", Effect.NONE);
            case 2 -> new Call("unknown", Effect.NONE);
            default -> new Call("work", Effect.NONE, (long) chance.below(200), chance.oneIn(2));
        };
    }

    private Asked once(SoakNode node, String id, Call call, String token, String key) {
        Asked asked = new Asked(id, call.action, token, call.effect, null);
        open.add(asked);
        node.once(
                asked,
                new Command.CallOnce(
                        next("o"), Undefined.UNDEFINED, Caller.ANONYMOUS, call.action, call.arguments(token), key));
        return asked;
    }

    /** Calls with an idempotency key, and again if it fails, maybe on another node. */
    private void withKey(String id) {
        String token = next("t");
        String key = next("key");
        Call call = chance.oneIn(3) ? new Call("addAtomically", Effect.KEPT, false) : new Call("add", Effect.KEPT);
        Asked before = null;
        for (int i = 0; i <= RETRIES; i++) {
            Asked asked = once(nodes.get(), id, call, token, key);
            asked.retryOf = before;
            before = asked;
            if (chance.oneIn(3)) {
                continue; // at once, while the other may be on its way
            }
            try {
                asked.first.get(3, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                return; // seen at the end
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            if (asked.isReply() && !chance.oneIn(4)) {
                return;
            }
        }
    }

    private void plan(SoakNode node, String id) {
        String token = next("p");
        once(node, id, new Call("plan", Effect.NONE, (long) chance.below(300)), token, null);
        book.plans.add(token);
    }

    private void connect(SoakNode node, String id) {
        String client = next("c");
        Line line = node.open(
                new Line(client, id, node, false), new Command.Connect(client, Undefined.UNDEFINED, Caller.ANONYMOUS));
        lines.add(line);
        node.relay.ask(id, new Command.Subscribe(client, SoakActor.EVENT, true));
    }

    private void socket(SoakNode node, String id) {
        String client = next("s");
        Line line = node.open(
                new Line(client, id, node, true),
                new Command.OpenSocket(client, Undefined.UNDEFINED, Caller.ANONYMOUS, "/", Map.of()));
        node.relay.ask(id, new Command.SocketMessage(client, new Message.Text("hear")));
        lines.add(line);
    }

    private void callOverLine(String type) {
        List<Line> some =
                lines.stream().filter(line -> !line.socket && !line.isOver()).toList();
        if (some.isEmpty()) {
            return;
        }
        Line line = some.get(chance.below(some.size()));
        if (chance.oneIn(20)) {
            node(line, new Command.Subscribe(line.id, "e" + chance.below(20), chance.oneIn(3)));
            return;
        }
        for (int i = chance.below(4); i >= 0; i--) {
            Call call = call();
            String token = next("t");
            Asked asked = new Asked(line.actorId, call.action, token, call.effect, line);
            open.add(asked);
            line.node.call(asked, call.arguments(token));
        }
        if (chance.oneIn(150)) {
            String token = next("t");
            Asked asked = new Asked(line.actorId, "end", token, Effect.NONE, line);
            book.toBeDestroyed.add(line.actorId);
            line.node.call(asked, List.of(token));
        }
    }

    private static void node(Line line, Command command) {
        line.node.relay.ask(line.actorId, command);
    }

    private void leave(Line line) {
        line.leave();
        node(
                line,
                line.socket ? new Command.SocketClosed(line.id, new Close(1001, "")) : new Command.Disconnect(line.id));
    }

    private void destroy(SoakNode node, String id) {
        if (!chance.oneIn(2)) {
            return;
        }
        book.toBeDestroyed.add(id);
        book.openDestructions.incrementAndGet();
        node.relay.destroy(id).whenComplete((nothing, thrown) -> {
            book.openDestructions.decrementAndGet();
            if (thrown == null && store.memory.find(id).isPresent()) {
                book.fault("destroyed, and still there", id);
            }
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (cause != null && !(cause instanceof ActorException)) {
                book.fault("a destruction broke", cause);
            }
        });
    }
}
