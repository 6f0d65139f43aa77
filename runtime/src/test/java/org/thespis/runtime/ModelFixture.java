package org.thespis.runtime;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.StateSettings;

/** An actor and the model of what it is to have, and what happens to its turns. */
abstract class ModelFixture extends ModelOperations {

    static final int LIMIT = 200_000;
    static final int TURNS = 120;

    CollectionModel model = new CollectionModel();
    private long asked;

    @Override
    TestActors actors(Policy policy, int cacheBytes, Class<?> type) {
        return new TestActors(
                new ActorSettings(
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(15),
                                Duration.ofMillis(100),
                                1_000,
                                1_000)
                        .with(new StateSettings(policy, LIMIT, cacheBytes, Duration.ofSeconds(5))),
                store,
                type);
    }

    void anotherWrites() {
        StoredActor now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new Write(id, now.version(), now.state(), OptionalLong.empty())));
    }

    Object turn(String action, CollectionModel to) {
        return ask(action, room -> {
            some(room, to);
            room.plain = ++to.plain;
            return "done";
        });
    }

    @Override
    Object ask(String action, java.util.function.Function<Room, Object> what) {
        act = what;
        actors.outputs.clear();
        long request = ++asked;
        actors.call(id, client, request, action);
        actors.runTasks();
        return answer(request);
    }

    private Object answer(long request) {
        for (Output output : actors.outputs) {
            if (output instanceof Output.Reply reply && reply.requestId() == request) {
                return reply.result();
            }
            if (output instanceof Output.Failed failed && failed.requestId() != null && failed.requestId() == request) {
                return failed.error();
            }
        }
        return "no answer in " + actors.outputs;
    }

    void tellLate() {
        for (int i = 0; i < 2_000 && !told(); i++) {
            actors.system.tick();
            actors.runTasks();
            ScriptedFixture.pause();
        }
    }

    private boolean told() {
        return actors.outputs.stream().anyMatch(o -> o instanceof Output.Reply || o instanceof Output.Failed);
    }

    void wakeAnew(Class<?> type) {
        Policy policy = Policy.values()[random.nextInt(3)];
        int cache = List.of(0, 1_500, 1_000_000).get(random.nextInt(3));
        log.add("restart " + policy + " " + cache);
        restart(policy, cache, type);
    }

    void compare() {
        Object is = act(room -> CollectionModel.show(room));
        check("all", is, model.toString());
    }

    void stands(Object told) {
        check("told", told, "done");
    }

    void losesOneAnswer() {
        boolean[] lost = {false};
        store.after = access -> {
            if (access.equals("write") && !lost[0]) {
                lost[0] = true;
                throw new StoreException("the answer got lost", null, true);
            }
        };
    }
}
