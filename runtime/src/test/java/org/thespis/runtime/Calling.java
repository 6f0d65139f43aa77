package org.thespis.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Actors;
import org.thespis.api.Connection;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.State;
import org.thespis.api.UserException;

/** An actor that calls others, and one of each kind of action. */
@Actor("calling")
class Calling implements CallingApi {

    public record Point(int x, int y) {}

    /** As injected. */
    static volatile Actors actors;

    ActorContext actor;

    @State
    int count;

    private Map<String, Object> kept;

    @OnBeforeConnect
    void before(Map<String, Object> parameters) {
        if (parameters != null && parameters.containsKey("refuse")) {
            throw new UserException("refused", "Not with these");
        }
    }

    @Override
    @Action
    public int add(int by) {
        count += by;
        actor.broadcast("added", count, Map.of("by", by));
        return count;
    }

    @Override
    @Action
    public CompletionStage<List<Point>> points(List<Point> points) {
        return CompletableFuture.completedFuture(points);
    }

    @Override
    @Action("renamed")
    public void other(String... texts) {
        count += texts.length;
    }

    @Action
    String keep(Map<String, Object> map) {
        kept = map;
        kept.put("mine", true);
        return String.valueOf(kept);
    }

    @Action
    Map<String, Object> kept() {
        return kept;
    }

    @Action
    String user(Connection connection) {
        return connection.principal().map(java.security.Principal::getName).orElse("nobody");
    }

    @Action
    String parameter(Connection connection) {
        return String.valueOf(connection.parameters(Map.class));
    }

    @Action
    void fail() {
        throw new UserException("no", "Not this one", Map.of("why", "because"));
    }

    @Action
    CompletionStage<Object> never() {
        return new CompletableFuture<>();
    }

    /** Calls an action of the next of several actors, which does the same with those that are left. */
    @Action
    CompletionStage<Object> pass(List<String> keys) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture("end");
        }
        return actors.type("calling").getOrCreate(keys.get(0)).call("pass", keys.subList(1, keys.size()));
    }

    @Action
    CompletionStage<Object> ask(String key, String action) {
        return actors.type("calling").getOrCreate(key).call(action);
    }

    /** Goes on in a turn of its own. */
    @Action
    CompletionStage<Integer> addOfOther(String key) {
        return actors.type("calling")
                .getOrCreate(key)
                .call(Integer.class, "add", 1)
                .thenApplyAsync(added -> count += added, actor.executor());
    }

    /** Asks again when the first answer is there. */
    @Action
    CompletionStage<Object> askTwice(String one, String other) {
        return actors.type("calling").getOrCreate(one).call("user").thenCompose(user -> actors.type("calling")
                .getOrCreate(other)
                .call("user"));
    }

    @Action
    CompletionStage<String> userInTurnOfItsOwn(String key) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        actor.executor().execute(() -> actors.type("calling")
                .getOrCreate(key)
                .call(String.class, "user")
                .thenAccept(answer::complete));
        return answer;
    }

    @Action
    Object waitFor(String key) {
        return actors.type("calling").getOrCreate(key).blocking().call("user");
    }

    @Action
    Object join(String key) {
        return actors.type("calling")
                .getOrCreate(key)
                .call("never")
                .toCompletableFuture()
                .join();
    }

    @Action
    void tell(String key, int by) {
        actors.type("calling")
                .getOrCreate(key)
                .tell("tellBack", actor.key().segments().get(0), by);
    }

    @Action
    void tellBack(String key, int by) {
        actors.type("calling").getOrCreate(key).tell("add", by);
    }

    @Action
    void destroy() {
        actor.destroy();
    }
}
