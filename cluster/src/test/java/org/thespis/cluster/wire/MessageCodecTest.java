package org.thespis.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thespis.api.Undefined;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.value.Bounds;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

class MessageCodecTest {

    private static final int ROUNDS = 100;

    /** Rounds in which each part is looked at, which takes long. */
    private static final int COMPARED = 3;

    @Test
    void whatIsWrittenIsRead() throws MalformedMessageException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            for (Message message : new RandomMessages(seed).all()) {
                byte[] bytes = MessageCodec.write(message);
                Message read = MessageCodec.read(bytes);
                assertThat(MessageCodec.write(read))
                        .as("seed %s: %s", seed, message)
                        .isEqualTo(bytes);
                if (seed < COMPARED) {
                    assertThat(read)
                            .as("seed %s", seed)
                            .usingRecursiveComparison()
                            .isEqualTo(message);
                }
            }
        }
    }

    /** Who adds one is told so here, before a client of another node finds it out. */
    @Test
    void eachKindThatThereIsCrosses() {
        List<Message> all = new RandomMessages(0).all();
        assertThat(kinds(Message.Ask.class, all, Message.Ask::command)).containsAll(leaves(Command.class));
        assertThat(kinds(Message.Told.class, all, Message.Told::output)).containsAll(leaves(Output.class));
        assertThat(kinds(Message.class, all, message -> message)).containsAll(leaves(Message.class));
    }

    private static <M> Set<Class<?>> kinds(Class<M> type, List<Message> all, Function<M, Object> part) {
        return all.stream()
                .filter(type::isInstance)
                .map(message -> part.apply(type.cast(message)).getClass())
                .collect(Collectors.toSet());
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(kind -> leaves(kind).stream())
                        .collect(Collectors.toSet())
                : Set.of(type);
    }

    @Test
    void noBytesDoMoreThanBeRefused() {
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            for (Message message : new RandomMessages(seed).all()) {
                byte[] bytes = changed(MessageCodec.write(message), random);
                try {
                    MessageCodec.read(bytes);
                } catch (MalformedMessageException e) {
                    refused++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed " + seed + ": " + Arrays.toString(bytes), e);
                }
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
        for (int i = random.nextInt(6); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    /** What a release of today sends is read by each later one: these are its bytes. */
    @Test
    void bytesOfFormatOneStayReadable() throws MalformedMessageException {
        assertThat(MessageCodec.read(framed(Map.of("k", "sync", "epoch", 7, "held", List.of(3)))))
                .isEqualTo(new Message.Sync(7, List.of(3)));
        assertThat(MessageCodec.read(framed(Map.of("k", "released", "epoch", 7, "s", 3))))
                .isEqualTo(new Message.Released(7, 3));
        Map<String, Object> call = Map.of(
                "k", "call", "to", "c", "id", 5, "a", "add", "args", PlainCodec.writeCbor(List.of(1)), "key", "once");
        assertThat(MessageCodec.read(framed(Map.of("k", "ask", "epoch", 7, "actor", "x", "c", call))))
                .isEqualTo(new Message.Ask(7, "x", new Command.Call("c", 5, "add", List.of(1L), "once")));
        Map<String, Object> event =
                Map.of("k", "event", "to", List.of("c"), "e", "added", "args", PlainCodec.writeCbor(List.of(2)));
        assertThat(MessageCodec.read(framed(Map.of("k", "told", "o", event))))
                .usingRecursiveComparison()
                .isEqualTo(new Message.Told(new Output.Event(List.of("c"), "added", List.of(2L))));
    }

    @Test
    void aFieldOfALaterReleaseIsPassedOver() throws MalformedMessageException {
        assertThat(MessageCodec.read(framed(Map.of("k", "sync", "epoch", 7, "held", List.of(), "later", List.of(1)))))
                .isEqualTo(new Message.Sync(7, List.of()));
    }

    @Test
    void anUnknownFormatOrKindIsRefused() {
        byte[] later = MessageCodec.write(new Message.Reset());
        later[0] = MessageCodec.FORMAT + 1;
        refused(later);
        refused(framed(Map.of("k", "tomorrow")));
        refused(framed(Map.of("k", "ask", "epoch", 1, "actor", "x", "c", Map.of("k", "tomorrow", "to", "c"))));
        refused(framed(Map.of("k", "told", "o", Map.of("k", "tomorrow", "to", "c"))));
    }

    private static void refused(byte[] bytes) {
        assertThatThrownBy(() -> MessageCodec.read(bytes)).isInstanceOf(MalformedMessageException.class);
    }

    private static byte[] framed(Map<String, Object> fields) {
        byte[] cbor = PlainCodec.writeCbor(new LinkedHashMap<>(fields));
        byte[] framed = new byte[cbor.length + 1];
        framed[0] = 1;
        System.arraycopy(cbor, 0, framed, 1, cbor.length);
        return framed;
    }

    @Test
    void digitsOfDecimalsAndNanosecondsCross() throws MalformedMessageException {
        List<Object> values = List.of(
                new BigDecimal("0.12345678901234567890123456789"),
                new BigDecimal("1.10"),
                Instant.parse("2030-01-02T03:04:05.123456789Z"),
                List.of("$d", "1.5"),
                List.of("$$d", "x"));
        assertThat(Plain.read(Plain.write(values))).isEqualTo(values);
    }

    @Test
    void aValueCrossesAsDeepAsAClientMaySendIt() throws MalformedMessageException {
        Object deep = 1L;
        for (int i = 0; i < Bounds.MAX_DEPTH - 1; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        Command call = new Command.Call("c", 1, "a", new ArrayList<>(List.of(deep)));
        Message message = new Message.Ask(1, "x", call);
        assertThat(MessageCodec.read(MessageCodec.write(message))).isEqualTo(message);
    }

    @Test
    void aValueThatHoldsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThatThrownBy(() -> MessageCodec.write(new Message.Told(new Output.Reply("c", 1, list))))
                .isInstanceOf(UnencodableException.class);
    }

    @Test
    void anEventWrittenForSeveralNodesIsAnEvent() throws MalformedMessageException {
        byte[] arguments = MessageCodec.arguments(List.of("hello"));
        assertThat(MessageCodec.read(MessageCodec.event(List.of("c1", "c2"), "said", arguments)))
                .usingRecursiveComparison()
                .isEqualTo(new Message.Told(new Output.Event(List.of("c1", "c2"), "said", List.of("hello"))));
    }

    @Test
    void claimsOfACallerCannotBeChangedThere() throws MalformedMessageException {
        Caller caller = new Caller("ann", java.util.Set.of("r"), Map.of("groups", new ArrayList<>(List.of("g"))));
        Command connect = new Command.Connect("c", Undefined.UNDEFINED, caller);
        Message.Ask read = (Message.Ask) MessageCodec.read(MessageCodec.write(new Message.Ask(1, "x", connect)));
        Caller there = ((Command.Connect) read.command()).caller();
        assertThat(there).isEqualTo(caller);
        List<?> groups = (List<?>) there.claims().get("groups");
        assertThatThrownBy(groups::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> there.claims().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
