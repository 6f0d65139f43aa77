package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.UserException;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.message.ActorError;

/** Durable collections of an actor that waits for its commits do what those of java.util do, whatever happens meanwhile. */
class DurableModelTest extends ModelFixture {

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void committingActorsHaveWhatWasAcknowledged(long seed) {
        random = new Random(seed);
        for (int i = 0; i < TURNS && wrong.isEmpty(); i++) {
            commitTurn(random.nextInt(20));
            model = model.copy();
            if (chance(25)) {
                compare();
            }
            if (chance(15)) {
                wakeAnew(Committing.class);
                compare();
            }
            check("rows of messages", stored("messages").size(), model.messages.size());
            check("rows of items", stored("items").size(), model.items.size());
            check("rows of scores", stored("scores").size(), model.scores.size());
            check("rows of byNumber", stored("byNumber").size(), model.byNumber.size());
        }
        assertThat(wrong).as("seed %s: %s", seed, log).isEmpty();
    }

    private void commitTurn(int kind) {
        CollectionModel next = model.copy();
        log.add("-- turn " + kind);
        switch (kind) {
            case 0 -> { // throws, and what it did stands
                Object told = ask("act", room -> {
                    some(room, next);
                    room.plain = ++next.plain;
                    throw new UserException("no", "no");
                });
                check("told", reason(told), "user.no");
                model = next;
            }
            case 1, 2 -> {
                Object told = ask("actAtomically", room -> {
                    some(room, next);
                    throw new UserException("no", "no");
                });
                check("told", reason(told), "user.no");
            }
            case 3 -> { // cannot be written
                Object told = ask("act", room -> {
                    some(room, next);
                    Item item = item();
                    room.items.add(item);
                    item.name = "x".repeat(LIMIT);
                    return "done";
                });
                check("told", reason(told), "actor.state_too_large");
            }
            case 4 -> {
                losesOneAnswer();
                stands(turn("act", next));
                model = next;
                store.after = access -> {};
            }
            case 5 -> {
                anotherWrites();
                Object told = turn("act", next);
                check("told", reason(told), "actor.restarting");
                connect();
            }
            case 6 -> { // the store refuses writes
                fails(next, false);
            }
            case 7 -> { // the store takes it and never says so
                fails(next, true);
                model = next;
            }
            case 8 -> check("read", ask("read", room -> CollectionModel.show(room)), model.toString());
            case 9 -> {
                stands(turn("actAtomically", next));
                model = next;
            }
            default -> {
                stands(turn("act", next));
                model = next;
            }
        }
    }

    private void fails(CollectionModel next, boolean taken) {
        if (taken) {
            losesOneAnswer();
        }
        boolean[] lost = {false};
        store.before = access -> {
            if (access.equals("write") || access.equals("load")) {
                if (lost[0] || !taken) {
                    throw new StoreException("away", null, taken);
                }
                lost[0] = true;
            }
        };
        act = room -> {
            some(room, next);
            room.plain = ++next.plain;
            return "done";
        };
        actors.outputs.clear();
        actors.call(id, client, 1, "act");
        actors.runTasks();
        tellLate();
        check("told an error", answer() instanceof ActorError, true);
        log.add(reason(answer()));
        store.after = access -> {};
        connect();
    }
}
