package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.UserException;
import org.thespis.api.spi.StoreException;

/** Durable collections of an actor that is written now and then do what those of java.util do, whatever happens meanwhile. */
class DurablePeriodicModelTest extends ModelFixture {

    @ParameterizedTest
    @ValueSource(longs = 1)
    void periodicActorsHaveWhatTheyHadAndWhatWasSaved(long seed) {
        random = new Random(seed);
        wakeAnew(Periodic.class);
        for (int i = 0; i < TURNS && wrong.isEmpty(); i++) {
            periodicTurn(random.nextInt(9));
            model = model.copy();
            if (chance(25)) {
                compare();
            }
            if (chance(30)) {
                save();
            }
            if (chance(10)) {
                log.add("stop");
                store.before = access -> {};
                store.after = access -> {};
                actors.stop(Duration.ofSeconds(10));
                check("rows of messages", stored("messages").size(), model.messages.size());
                check("rows of items", stored("items").size(), model.items.size());
                check("rows of scores", stored("scores").size(), model.scores.size());
                check("rows of byNumber", stored("byNumber").size(), model.byNumber.size());
                wakeAnew(Periodic.class);
                compare();
            }
        }
        assertThat(wrong).as("seed %s: %s", seed, log).isEmpty();
    }

    /** As the timer does, with a store that is away, loses answers, or works. */
    private void save() {
        int how = random.nextInt(4);
        log.add("save " + how);
        if (how == 1 || how == 2) {
            losesOneAnswer();
        }
        boolean[] lost = {false};
        store.before = access -> {
            if (how != 0 && how != 1 && access.equals("write")) {
                if (how == 3 || lost[0]) {
                    throw new StoreException("away", null, how == 2);
                }
                lost[0] = true;
            }
        };
        act = room -> {
            room.actor.saveState();
            return "saved";
        };
        actors.call(id, client, 0, "act");
        for (int i = 0; i < (how < 2 ? 5 : 120); i++) {
            actors.system.tick();
            actors.runTasks();
            ScriptedFixture.pause();
        }
        if (chance(60)) {
            store.before = access -> {};
            store.after = access -> {};
            for (int i = 0; i < 3; i++) {
                actors.system.tick();
                actors.runTasks();
            }
        }
    }

    private void periodicTurn(int kind) {
        CollectionModel next = model.copy();
        log.add("-- turn " + kind);
        switch (kind) {
            case 0, 1 -> {
                Object told = ask("actAtomically", room -> {
                    some(room, next);
                    throw new UserException("no", "no");
                });
                check("told", reason(told), "user.no");
            }
            case 2 -> {
                Object told = ask("act", room -> {
                    some(room, next);
                    Item item = item();
                    room.items.add(item);
                    item.name = "x".repeat(LIMIT);
                    return "done";
                });
                check("told", reason(told), "actor.state_too_large");
            }
            case 3 -> check("read", ask("read", room -> CollectionModel.show(room)), model.toString());
            default -> {
                stands(turn("act", next));
                model = next;
            }
        }
    }
}
