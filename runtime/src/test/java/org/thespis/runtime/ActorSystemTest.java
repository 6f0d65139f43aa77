package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.CanSubscribe;
import org.thespis.api.Connection;
import org.thespis.api.OnBeforeActionResponse;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.api.OnDestroy;
import org.thespis.api.OnDisconnect;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.runtime.instance.ActorInstance;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

class ActorSystemTest {

    static final List<String> STORY = new ArrayList<>();
    static CompletableFuture<String> later;

    @Actor("room")
    static class Room {
        ActorContext actor;
        int count;

        @OnCreate
        void create(Map<String, Object> input) {
            if (input != null && input.containsKey("refuse")) {
                throw new UserException("refused", "Not this one");
            }
        }

        @Action
        int add(int by) {
            count += by;
            actor.broadcast("added", by);
            return count;
        }

        @Action("users.find")
        String find(Optional<String> name, String... rest) {
            return name.orElse("nobody") + rest.length;
        }

        @Action
        void fail() {
            count++;
            actor.broadcast("added", 1);
            throw new IllegalStateException("secret");
        }

        @Action
        CompletionStage<String> wait_() {
            return later;
        }

        @Action
        void whisper(String client, Connection self) {
            actor.connections().get(client).orElseThrow().send("whisper", self.id());
        }

        @Action
        void others() {
            actor.connections().except(actor.connection()).send("added", 0);
        }

        @Action
        void leave() {
            actor.connection().disconnect("see.you");
        }

        @Action
        void end() {
            actor.destroy();
        }

        @OnDisconnect
        void gone(Connection connection) {
            STORY.add("gone " + connection.id());
        }

        @OnDestroy
        void destroyed() {
            STORY.add("destroyed with " + actor.connections().size());
        }

        @CanSubscribe("secret")
        boolean maySubscribe(Connection connection) {
            return false;
        }
    }

    @Actor("club")
    static class Club {
        @OnBeforeConnect
        void check() {
            throw new UserException("closed", "Closed today", Map.of("until", 5));
        }

        @Action
        String in() {
            return "in";
        }
    }

    @Actor("late")
    static class Late {
        @OnConnect
        void connect(Connection connection) {
            connection.send("welcome");
        }

        @Action
        String name() {
            return "x";
        }

        @OnBeforeActionResponse
        Object loud(String action, Object result) {
            return action + result + "!";
        }
    }

    private final TestActors actors = new TestActors(Room.class, Club.class, Late.class);
    private final String room = actors.actor("room", "a");

    private List<Output> outputs() {
        List<Output> all = List.copyOf(actors.outputs);
        actors.outputs.clear();
        return all;
    }

    private ActorError errorOf(Output output) {
        return ((Output.Failed) output).error();
    }

    @Test
    void anEventGoesToSubscribersOnlyAndBeforeTheAnswer() {
        String one = actors.client(room);
        String two = actors.client(room);
        actors.system.deliver(room, new Command.Subscribe(two, "added", true));
        actors.call(room, one, 7, "add", 3L);
        assertThat(outputs())
                .containsExactly(new Output.Event(List.of(two), "added", List.of(3)), new Output.Reply(one, 7, 3));
        actors.system.deliver(room, new Command.Subscribe(two, "added", false));
        actors.call(room, one, 8, "add", 4L);
        assertThat(outputs()).containsExactly(new Output.Reply(one, 8, 7));
    }

    @Test
    void oneConnectionIsToldSubscribedOrNotAndTheOthersOnlyIfSubscribed() {
        String one = actors.client(room);
        String two = actors.client(room);
        String three = actors.client(room);
        for (String client : List.of(one, two)) {
            actors.system.deliver(room, new Command.Subscribe(client, "added", true));
        }
        actors.call(room, one, 1, "whisper", three);
        actors.call(room, one, 2, "others");
        assertThat(outputs())
                .containsExactly(
                        new Output.Event(List.of(three), "whisper", List.of(one)),
                        new Output.Reply(one, 1, null),
                        new Output.Event(List.of(two), "added", List.of(0)),
                        new Output.Reply(one, 2, null));
    }

    @Test
    void aTurnThatThrowsKeepsWhatItDid() {
        String one = actors.client(room);
        actors.system.deliver(room, new Command.Subscribe(one, "added", true));
        actors.call(room, one, 1, "fail");
        List<Output> all = outputs();
        assertThat(all.get(0)).isEqualTo(new Output.Event(List.of(one), "added", List.of(1)));
        assertThat(errorOf(all.get(1))).isEqualTo(ActorError.internal());
        actors.call(room, one, 2, "add", 0L);
        assertThat(outputs()).contains(new Output.Reply(one, 2, 1));
    }

    @Test
    void argumentsThatDoNotFitNameTheParameter() {
        String one = actors.client(room);
        actors.call(room, one, 1, "add", "three");
        actors.call(room, one, 2, "add");
        actors.call(room, one, 3, "nope");
        List<Output> all = outputs();
        assertThat(errorOf(all.get(0)).message()).isEqualTo("Argument 1 (by): expected int, got text");
        assertThat(errorOf(all.get(1)).message()).isEqualTo("Argument 1 (by): missing");
        assertThat(errorOf(all.get(2)).code()).isEqualTo("action_not_found");
    }

    @Test
    void optionalAndRestArguments() {
        String one = actors.client(room);
        actors.call(room, one, 1, "users.find");
        actors.call(room, one, 2, "users.find", "ann", "b", "c");
        assertThat(outputs()).containsExactly(new Output.Reply(one, 1, "nobody0"), new Output.Reply(one, 2, "ann2"));
    }

    @Test
    void aStageAnswersWhenItCompletesAndOthersRunMeanwhile() {
        later = new CompletableFuture<>();
        String one = actors.client(room);
        actors.call(room, one, 1, "wait_");
        actors.call(room, one, 2, "add", 1L);
        assertThat(outputs()).containsExactly(new Output.Reply(one, 2, 1));
        later.complete("done");
        actors.runTasks();
        assertThat(outputs()).containsExactly(new Output.Reply(one, 1, "done"));
    }

    @Test
    void anOverdueCallIsAnsweredOnce() {
        TestActors hasty = new TestActors(
                new ActorSettings(
                        Duration.ofMillis(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        10,
                        10),
                Room.class);
        String actor = hasty.actor("room", "a");
        String one = hasty.client(actor);
        later = new CompletableFuture<>();
        hasty.call(actor, one, 1, "wait_");
        while (hasty.outputs.isEmpty()) {
            hasty.system.tick();
        }
        later.complete("too late");
        assertThat(hasty.outputs).hasSize(1);
        assertThat(errorOf(hasty.outputs.get(0)).code()).isEqualTo("action_timed_out");
    }

    @Test
    void disconnectingEndsTheConnectionAfterTheTurn() {
        STORY.clear();
        String one = actors.client(room);
        actors.call(room, one, 1, "leave");
        assertThat(outputs()).containsExactly(new Output.Closed(one, 1000, "see.you"), new Output.Reply(one, 1, null));
        assertThat(STORY).containsExactly("gone " + one);
        actors.system.deliver(room, new Command.Disconnect(one));
        assertThat(STORY).hasSize(1);
    }

    @Test
    void aRefusedConnectionIsToldWhyAndClosed() {
        String club = actors.actor("club", "a");
        actors.system.deliver(club, new Command.Connect("c", Undefined.UNDEFINED, Caller.ANONYMOUS));
        List<Output> all = outputs();
        assertThat(errorOf(all.get(0))).isEqualTo(new ActorError("user", "closed", "Closed today", Map.of("until", 5)));
        assertThat(all.get(1)).isEqualTo(new Output.Closed("c", 1011, "user.closed"));
        actors.system.deliver(
                club, new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "in", List.of(), null));
        assertThat(errorOf(outputs().get(0)).code()).isEqualTo("closed");
    }

    @Test
    void openedComesBeforeWhatTheHookSends() {
        String late = actors.actor("late", "a");
        actors.system.deliver(late, new Command.Connect("c", Undefined.UNDEFINED, Caller.ANONYMOUS));
        assertThat(outputs())
                .containsExactly(new Output.Opened("c", late), new Output.Event(List.of("c"), "welcome", List.of()));
    }

    @Test
    void aHookMayChangeTheAnswer() {
        String late = actors.actor("late", "a");
        actors.system.deliver(
                late, new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "name", List.of(), null));
        assertThat(outputs()).contains(new Output.Reply("h", 0, "namex!"));
    }

    @Test
    void aSubscriptionMayBeRefused() {
        String one = actors.client(room);
        actors.system.deliver(room, new Command.Subscribe(one, "secret", true));
        assertThat(errorOf(outputs().get(0)).code()).isEqualTo("forbidden");
    }

    @Test
    void destroyingClosesConnectionsAndFreesTheKey() {
        STORY.clear();
        String one = actors.client(room);
        actors.call(room, one, 1, "end");
        assertThat(outputs()).as("it is not gone yet").isEmpty();
        actors.runTasks();
        assertThat(outputs()).containsExactly(new Output.Reply(one, 1, null), new Output.Closed(one, 1000, null));
        assertThat(STORY).containsExactly("destroyed with 1", "gone " + one);
        assertThat(actors.system.find(room)).isEmpty();
        assertThat(actors.actor("room", "a")).isNotEqualTo(room);
        actors.call(room, one, 2, "add", 1L);
        assertThat(errorOf(outputs().get(0))).isEqualTo(ActorError.actorNotFound());
    }

    @Test
    void aTakenKeyAndAnUnknownTypeAreRefused() {
        assertThatThrownBy(() -> actors.creating(() -> actors.system.create(
                        Wanted.of("room", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS))))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().metadata()).isEqualTo(Map.of("existing_actor_id", room, "key", "a")));
        assertThatThrownBy(() -> actors.actor("nope")).hasMessageContaining("actor.type_not_found");
    }

    @Test
    void anActorWhoseCreationFailsDoesNotExist() {
        ActorKey key = ActorKey.of("b");
        assertThatThrownBy(() -> actors.creating(() ->
                        actors.system.getOrCreate(Wanted.of("room", key, Map.of("refuse", true), Caller.ANONYMOUS))))
                .hasMessageContaining("user.refused");
        assertThat(actors.system.find("room", key)).isEmpty();
        assertThat(actors.system.container("room").orElseThrow().size()).isEqualTo(1);
    }

    @Test
    void anActorWhoseCreationTakesTooLongDoesNotExist() {
        TestActors hasty = new TestActors(
                new ActorSettings(
                        Duration.ofSeconds(60),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        10,
                        10),
                Room.class);
        assertThatThrownBy(() -> hasty.system.getOrCreate(
                        Wanted.of("room", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS)))
                .hasMessageContaining("actor.create_timed_out");
        hasty.runTasks();
        assertThat(hasty.system.find("room", ActorKey.of("a"))).isEmpty();
        assertThat(hasty.system.container("room").orElseThrow().size()).isZero();
    }

    @Test
    void stoppingAnswersWhatIsOpenAndRefusesTheRest() {
        later = new CompletableFuture<>();
        String one = actors.client(room);
        actors.call(room, one, 1, "wait_");
        actors.stop(Duration.ofSeconds(1));
        actors.call(room, one, 2, "add", 1L);
        actors.system.deliver(room, new Command.Connect("new", Undefined.UNDEFINED, Caller.ANONYMOUS));
        List<Output> all = outputs();
        assertThat(errorOf(all.get(0)).code()).isEqualTo("gone");
        assertThat(errorOf(all.get(1)).code()).isEqualTo("service_unavailable");
        assertThat(all.get(2)).isEqualTo(new Output.Closed("new", 1011, "guard.service_unavailable"));
    }

    @Test
    void theContextRefusesOtherThreads() {
        ActorInstance instance = actors.system.instance(room);
        assertThatThrownBy(() -> instance.context().broadcast("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only inside a turn");
    }
}
