package org.thespis.cluster.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.PackedRequest;
import org.thespis.runtime.message.Wanted;

/** Messages of every kind, with whatever may be in them. */
final class RandomMessages {

    /** Kinds of commands and outputs. */
    static final int KINDS = 11;

    private final Random random;

    RandomMessages(long seed) {
        random = new Random(seed);
    }

    private boolean maybe() {
        return random.nextInt(3) == 0;
    }

    private String text() {
        String[] texts = {"", "a", "$d", "$$", "actor", "ä\uD83D\uDE00", "x".repeat(60), "\u0000", "\uFFFD"};
        return texts[random.nextInt(texts.length)] + (maybe() ? random.nextInt(1_000) : "");
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> List<T> listOf(int max, java.util.function.Supplier<T> item) {
        return IntStream.range(0, random.nextInt(max + 1))
                .mapToObj(i -> item.get())
                .toList();
    }

    private Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(3)).forEach(i -> lists.put("f" + i, listOf(3, this::text)));
        return lists;
    }

    Object value(int levels) {
        return switch (random.nextInt(levels > 0 ? 14 : 11)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (long) random.nextInt();
            case 3 -> random.nextDouble() + 0.5;
            case 4 -> BigInteger.ONE.shiftLeft(64 + random.nextInt(300)).negate();
            case 5 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(40) - 20);
            case 6 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 7 -> bytes();
            case 8 -> Undefined.UNDEFINED;
            case 9, 10 -> text();
            case 11 -> maybe() ? new ArrayList<>(List.of(text(), text())) : list(levels);
            case 12 -> list(levels);
            default -> map(levels);
        };
    }

    private List<Object> list(int levels) {
        List<Object> list = new ArrayList<>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> list.add(value(levels - 1)));
        return list;
    }

    private Map<String, Object> map(int levels) {
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> map.put("m" + i + text(), value(levels - 1)));
        return map;
    }

    private Caller caller() {
        return maybe()
                ? Caller.ANONYMOUS
                : new Caller(maybe() ? null : text(), Set.of("r1", "r2" + text()), maybe() ? Map.of() : map(2));
    }

    private PackedRequest request() {
        return maybe()
                ? null
                : PackedRequest.of("/" + text(), "127.0.0.1", lists(), lists(), 10_000)
                        .orElseThrow();
    }

    private ActorError error() {
        return new ActorError(text(), text(), text(), maybe() ? value(2) : null);
    }

    private ActorWebSocket.Message socketMessage() {
        return maybe() ? new ActorWebSocket.Message.Text(text()) : new ActorWebSocket.Message.Binary(bytes());
    }

    private CallChain chain() {
        return new CallChain(listOf(3, () -> new CallChain.Link("i" + text(), text())));
    }

    Command command(int kind) {
        String client = "c" + text();
        return switch (kind) {
            case 0 -> new Command.Connect(client, value(3), caller(), request());
            case 1 -> new Command.Disconnect(client);
            case 2 -> new Command.End(client, error());
            case 3 -> new Command.Call(client, random.nextLong(), text(), list(3), maybe() ? text() : null);
            case 4 -> new Command.Subscribe(client, text(), random.nextBoolean());
            case 5 -> new Command.CallOnce(
                    client, value(3), caller(), text(), list(3), maybe() ? text() : null, chain(), request());
            case 6 -> new Command.Request(
                    client, value(3), caller(), new ActorRequest("POST", text(), lists(), lists(), bytes()), request());
            case 7 -> new Command.OpenSocket(client, value(3), caller(), text(), lists(), request());
            case 8 -> new Command.SocketMessage(client, socketMessage(), random.nextInt());
            case 9 -> new Command.Renew(client, caller());
            default -> new Command.SocketClosed(
                    client, new ActorWebSocket.Close(random.nextInt(5_000), maybe() ? null : text()));
        };
    }

    Output output(int kind) {
        String client = "c" + text();
        return switch (kind) {
            case 0 -> new Output.Opened(client, text());
            case 1 -> new Output.Reply(client, random.nextLong(), value(4));
            case 2 -> new Output.Failed(client, null, error(), null);
            case 3 -> new Output.Failed(client, random.nextLong(), error(), new Output.Origin(text(), text()));
            case 4 -> new Output.Event(listOf(20, () -> "c" + text()), text(), list(3));
            case 5 -> new Output.Closed(client, random.nextInt(5_000), maybe() ? null : text());
            case 6 -> new Output.Asked(client);
            case 7 -> new Output.Responded(
                    client, new ActorResponse(random.nextInt(600), Map.of("h", text()), bytes()));
            case 8 -> new Output.SocketTaken(client, random.nextInt());
            default -> new Output.SocketSent(client, socketMessage());
        };
    }

    private Wanted wanted() {
        return new Wanted(
                text(),
                new ActorKey(listOf(3, this::text)),
                value(3),
                caller(),
                maybe() ? text() : null,
                maybe() ? value(2) : null,
                request());
    }

    private ActorRecord actor() {
        return new ActorRecord(
                text(),
                text(),
                new ActorKey(listOf(3, this::text)),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
    }

    /** One after the other of each kind. */
    List<Message> all() {
        List<Message> all = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            all.add(new Message.Ask(random.nextLong(), text(), command(kind)));
            all.add(new Message.Told(output(kind)));
        }
        all.add(new Message.Sync(random.nextLong(), listOf(5, () -> random.nextInt(256))));
        all.add(new Message.Leaving(random.nextLong()));
        all.add(new Message.Placed(random.nextLong(), random.nextInt(100), listOf(3, this::text)));
        all.add(new Message.Released(random.nextLong(), random.nextInt(256)));
        all.add(new Message.Reset());
        all.add(new Message.Ending(random.nextBoolean()));
        all.add(new Message.Create(random.nextLong(), random.nextLong(), wanted(), random.nextBoolean()));
        all.add(new Message.Destroy(random.nextLong(), random.nextLong(), text()));
        all.add(new Message.Answered(random.nextLong(), actor(), random.nextBoolean(), null));
        all.add(new Message.Answered(random.nextLong(), null, false, error()));
        return all;
    }
}
