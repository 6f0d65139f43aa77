package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.OnWake;
import org.thespis.api.State;
import org.thespis.api.UserException;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.ActorError;

/** Plain fields that become durable collections, and back: whatever was in them moves, or the caller is told of which field. */
class DurableMovesTest extends CollectionsFixture {

    @Actor("room")
    static class Plain extends Room {
        @State
        List<Integer> numbers = new ArrayList<>();

        @State
        Map<String, Integer> named = new HashMap<>();

        @State
        List<Item> many = new ArrayList<>();

        @State
        Map<String, Item> chest = new HashMap<>();
    }

    abstract static class Moved extends Room {
        @State
        DurableList<Integer> numbers;

        @State
        DurableMap<String, Integer> named;

        @State
        DurableList<Item> many;

        @State
        DurableMap<String, Item> chest;
    }

    @Actor("room")
    static class MovedNow extends Moved {}

    @Actor(value = "room", durability = Durability.PERIODIC)
    static class MovedLater extends Moved {}

    @Actor("room")
    static class MovedWaking extends Moved {
        static Consumer<Moved> wake = moved -> {};

        @OnWake
        void woken() {
            wake.accept(this);
        }
    }

    private static Moved moved(Room room) {
        return (Moved) room;
    }

    private static Plain plain(Room room) {
        return (Plain) room;
    }

    /** Wakes the actor with another class, which may not be. */
    private Object wake(Class<?> type, Function<Room, Object> what) {
        actors = actors(Policy.ALWAYS, 1_000_000, type);
        client = actors.client(id);
        return ask("act", what);
    }

    // ---- what is much

    private static final int MANY = 9_000; // each of two bytes in a document, and of nine as an entry

    private void many() {
        restart(Plain.class);
        run(room -> {
            for (int i = 0; i < MANY; i++) {
                plain(room).numbers.add(i % 10);
            }
        });
    }

    @Test
    void aListOfVeryManyShortEntriesThatFitsAStateMoves() {
        many();
        restart(MovedNow.class);
        assertThat(act(room -> moved(room).numbers.size())).isEqualTo(MANY);
        assertThat(act(room -> moved(room).numbers.get(MANY - 1))).isEqualTo((MANY - 1) % 10);
        assertThat(stored("numbers")).hasSize(MANY);
    }

    @Test
    void theTurnThatMovesMayChangeAsMuchAsAnyOther() {
        many();
        actors = actors(Policy.ALWAYS, 1_000_000, MovedNow.class);
        client = actors.client(id);
        run(room -> {
            for (int i = 0; i < 6; i++) {
                room.messages.add(new Message("a", "x".repeat(MAX / 2)));
            }
        });
        ActorError told = (ActorError) act(room -> {
            for (int i = 0; i < 10; i++) {
                room.messages.add(new Message("a", "x".repeat(MAX / 2)));
            }
            return "done";
        });
        assertThat(told.reason()).isEqualTo("actor.state_too_large");
        assertThat(stored("numbers")).hasSize(MANY);
    }

    @Test
    void whatMovesDoesNotKeepOthersFromWaitingForAStoreThatIsAway() {
        many();
        restart(MovedLater.class);
        store.down = true;
        int kept = 0;
        Object told = null;
        while (kept < 100 && !(told instanceof ActorError)) {
            told = act(room -> room.messages.add(new Message("a", "x".repeat(MAX / 2))));
            kept += told instanceof ActorError ? 0 : 1;
        }
        assertThat(reason(told)).isEqualTo("guard.service_unavailable");
        assertThat(kept).isBetween(10, 20);
        store.down = false;
        actors.stop(java.time.Duration.ofSeconds(10));
        assertThat(stored("messages")).hasSize(kept);
        assertThat(stored("numbers")).hasSize(MANY);
    }

    @Test
    void theTurnThatMovesManyChangeableEntriesMayHaveSomeInItsHands() {
        restart(Plain.class);
        for (int i = 0; i < 19; i++) {
            run(room -> plain(room).many.add(new Item("x".repeat(1_000))));
        }
        replaceInDocument("\"many\":[", "\"many\":[" + "{\"name\":\"y\",\"tags\":[]},".repeat(500));
        assertThat(wake(MovedNow.class, room -> {
                    moved(room).many.get(0).tags.add("seen");
                    return moved(room).many.size();
                }))
                .isEqualTo(519);
        assertThat(stored("many").get(0)).contains("seen");
    }

    @Test
    void anEntryThatIsLongerThanAllowedMovesAndMayBecomeShorterButNotLonger() {
        restart(Plain.class);
        run(room -> {
            plain(room).many.add(new Item("long"));
            plain(room).chest.put("a", new Item("long"));
        });
        replaceInDocument("long", "x".repeat(2 * MAX));
        assertThat(wake(MovedNow.class, room -> moved(room).many.get(0).name.length()))
                .isEqualTo(2 * MAX);
        assertThat(ask("read", room -> moved(room).chest.get("a").name.length()))
                .isEqualTo(2 * MAX);
        assertThat(reason(act(room -> moved(room).many.get(0).tags.add("t")))).isEqualTo("actor.state_too_large");
        run(room -> moved(room).many.get(0).name = "short");
        assertThat(act(room -> moved(room).many.get(0).name)).isEqualTo("short");
    }

    @Test
    void whatMovedAndIsTakenBackInItsFirstTurnMovesAgain() {
        many();
        assertThat(reason(wake(MovedNow.class, room -> {
                    moved(room).numbers.clear();
                    room.messages.add(new Message("a", "x".repeat(MAX / 2)));
                    room.items.add(new Item("a"));
                    room.items.get(0).name = "x".repeat(MAX);
                    return "done";
                })))
                .isEqualTo("actor.state_too_large");
        assertThat(act(room -> moved(room).numbers.size())).isEqualTo(MANY);
        assertThat(stored("numbers")).hasSize(MANY);
        assertThat(stored("messages")).isEmpty();
        assertThat(reason(ask("actAtomically", room -> {
                    moved(room).numbers.removeLast();
                    throw new UserException("no", "no");
                })))
                .isEqualTo("user.no");
        assertThat(stored("numbers")).hasSize(MANY);
    }

    /** Somebody had set a larger bound before, or there is more of one kind. */
    private void replaceInDocument(String one, String other) {
        StoredActor now = store.memory.load(id).orElseThrow();
        String document = document().replace(one, other);
        store.memory.write(
                List.of(new Write(id, now.version(), document.getBytes(StandardCharsets.UTF_8), OptionalLong.empty())));
    }

    // ---- in the turn that moves

    private Object wokenWith(Consumer<Moved> wake, Function<Room, Object> what) {
        MovedWaking.wake = wake;
        return wake(MovedWaking.class, what);
    }

    @Test
    void aHookOfTheTurnThatMovesMayChangeAsMuchAsAnyOtherTurn() {
        many();
        assertThat(wokenWith(
                        moved -> {
                            for (int i = 0; i < 6; i++) {
                                moved.messages.add(new Message("a", "x".repeat(MAX / 2)));
                            }
                            moved.numbers.set(0, 77);
                            moved.numbers.removeLast();
                        },
                        room -> room.messages.size()))
                .isEqualTo(6);
        assertThat(stored("messages")).hasSize(6);
        assertThat(stored("numbers")).hasSize(MANY - 1).startsWith("77");
    }

    @Test
    void aHookOfTheTurnThatMovesMayHaveChangeableEntriesInItsHands() {
        restart(Plain.class);
        run(room -> plain(room).many.add(new Item("a")));
        replaceInDocument("\"many\":[", "\"many\":[" + "{\"name\":\"y\",\"tags\":[]},".repeat(2_000));
        assertThat(wokenWith(
                        moved -> moved.many.getLast().tags.add("seen"),
                        room -> moved(room).many.getLast().tags))
                .isEqualTo(List.of("seen"));
        assertThat(stored("many")).hasSize(2_001);
    }

    @Test
    void aHookThatThrowsInTheTurnThatMovesLeavesAllInTheOldForm() {
        many();
        String before = document();
        assertThat(reason(wokenWith(
                        moved -> {
                            moved.numbers.clear();
                            throw new UserException("no", "no");
                        },
                        room -> "woken")))
                .isEqualTo("user.no");
        assertThat(document()).isEqualTo(before);
        assertThat(stored("numbers")).isEmpty();
        assertThat(wokenWith(moved -> {}, room -> moved(room).numbers.size())).isEqualTo(MANY);
    }

    @Test
    void aHookThatPutsTooMuchInTheTurnThatMovesIsTakenBackAndTheMoveIsNot() {
        many();
        assertThat(wokenWith(
                        moved -> {
                            moved.numbers.clear();
                            Item item = new Item("a");
                            moved.items.add(item);
                            item.name = "x".repeat(MAX);
                        },
                        room -> moved(room).numbers.size() + room.items.size()))
                .isEqualTo(MANY);
        assertThat(stored("numbers")).hasSize(MANY);
    }

    @Test
    void aHookThatClearsWhatMovesMayNotPutMoreInItsPlaceThanATurnMay() {
        many();
        Object told = wokenWith(
                moved -> {
                    moved.numbers.clear();
                    for (int i = 0; i < 3 * MANY; i++) {
                        moved.numbers.add(i % 10);
                    }
                },
                room -> moved(room).numbers.size());
        assertThat(reason(told)).isEqualTo("actor.state_too_large");
        assertThat(stored("numbers")).isEmpty();
        assertThat(wokenWith(moved -> {}, room -> moved(room).numbers.size())).isEqualTo(MANY);
    }

    // ---- what cannot move

    private void staysUnread(Consumer<Plain> given) {
        restart(Plain.class);
        run(room -> given.accept(plain(room)));
        String before = document();
        ActorError told = (ActorError) wake(MovedNow.class, room -> "woken");
        assertThat(told.reason()).isEqualTo("actor.state_unreadable");
        assertThat(told.message()).contains("field named");
        assertThat(document()).isEqualTo(before);
        assertThat(stored("named")).isEmpty();
        assertThat(wake(Plain.class, room -> plain(room).named.size())).isEqualTo(1);
    }

    @Test
    void aMapWithANullKeyKeepsTheActorFromStartingAndItsCallerIsToldOfTheField() {
        staysUnread(plain -> plain.named.put(null, 1));
    }

    @Test
    void aMapWithAKeyThatIsTooLongForAStoreDoesThat() {
        staysUnread(plain -> plain.named.put("k".repeat(2_000), 1));
    }
}
