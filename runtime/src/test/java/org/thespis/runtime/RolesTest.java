package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.annotation.security.RunAs;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.CanSubscribe;
import org.thespis.api.Connection;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.api.OnRequest;
import org.thespis.api.OnWebSocket;
import org.thespis.api.Undefined;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

/** Who may do what: each way of calling, each annotation, each caller. */
class RolesTest {

    private static final Map<String, Caller> CALLERS = Map.of(
            "nobody", Caller.ANONYMOUS,
            "stranger", new Caller("stranger"),
            "talker", new Caller("talker", Set.of("talk")),
            "moderator", new Caller("moderator", Set.of("talk", "moderate")));

    private static final List<String> STORY = new ArrayList<>();
    private static final List<Runnable> RENEWING = new ArrayList<>();

    @Actor("guarded")
    @RolesAllowed("talk")
    static class Guarded {
        ActorContext context;

        @OnCreate
        @PermitAll
        void create(String input) {
            STORY.add("create");
        }

        @OnConnect
        @RolesAllowed("talk")
        void connect(Connection connection) {
            STORY.add("connect " + connection.isUserInRole("moderate"));
        }

        @Action
        String talk() {
            return "talk";
        }

        @Action
        @RolesAllowed({"moderate", "other"})
        String moderate() {
            return "moderate";
        }

        @Action
        @DenyAll
        String never() {
            return "never";
        }

        @Action
        void broadcast(String event) {
            context.broadcast(event);
        }

        @Action
        @RolesAllowed("**")
        String known(Principal caller) {
            return caller == null ? "null" : caller.getName();
        }

        @CanSubscribe("secret")
        @RolesAllowed("moderate")
        boolean maySeeSecrets() {
            return true;
        }

        @OnRequest
        ActorResponse request(ActorRequest request) {
            return new ActorResponse(200, Map.of(), new byte[0]);
        }

        @OnWebSocket
        @RolesAllowed("moderate")
        void socket(ActorWebSocket socket) {
            STORY.add("socket " + socket.isUserInRole("talk"));
        }

        @Action
        String whileRenewed(Connection connection) {
            RENEWING.forEach(Runnable::run);
            return "moderator " + connection.isUserInRole("moderate");
        }

        @Action
        void plan(String action, long millis) {
            context.schedule().after(Duration.ofMillis(millis), action);
        }

        @Action
        void tell(Principal caller) {
            STORY.add("told by " + (caller == null ? "nobody" : caller.getName()));
        }
    }

    @Actor("open")
    @RunAs("talk")
    static class Open {
        ActorContext context;

        @OnBeforeConnect
        void before() {
            STORY.add("before");
        }

        @Action
        @RolesAllowed("talk")
        void talk(Principal caller) {
            STORY.add("as " + caller.getName());
        }

        @Action
        @PermitAll
        void plan(String action) {
            context.schedule().after(Duration.ZERO, action);
        }
    }

    private final MemoryStateStore store = new MemoryStateStore();
    private TestActors actors = new TestActors(ActorSettings.defaults(), store, Guarded.class, Open.class);
    private String guarded;
    private int requests;

    @BeforeEach
    void make() {
        STORY.clear();
        RENEWING.clear();
        guarded = actors.actor("guarded", "a");
        actors.runTasks();
        STORY.clear();
        actors.outputs.clear();
    }

    private void deliver(String id, Command command) {
        actors.system.deliver(id, command);
        actors.runTasks();
    }

    /** What became of a command: {@code ok}, or the code of the error. */
    private String outcome() {
        String outcome = "nothing";
        for (Output output : actors.outputs) {
            if (output instanceof Output.Failed failed) {
                outcome = failed.error().reason();
            } else if (output instanceof Output.Closed closed) {
                outcome = closed.reason();
            } else if (output instanceof Output.Reply || output instanceof Output.Responded) {
                outcome = "ok";
            } else if (output instanceof Output.Opened && outcome.equals("nothing")) {
                outcome = "ok";
            }
        }
        actors.outputs.clear();
        return outcome;
    }

    private String once(String id, Caller caller, String action, Object... arguments) {
        deliver(
                id,
                new Command.CallOnce("h" + requests++, Undefined.UNDEFINED, caller, action, List.of(arguments), null));
        return outcome();
    }

    private String connected(Caller caller, Consumer<String> then) {
        String client = "c" + requests++;
        deliver(guarded, new Command.Connect(client, Undefined.UNDEFINED, caller));
        String outcome = outcome();
        if (!outcome.equals("ok")) {
            return outcome;
        }
        then.accept(client);
        actors.runTasks();
        return outcome();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,    talk,     auth.unauthorized",
        "stranger,  talk,     auth.forbidden",
        "talker,    talk,     ok",
        "talker,    moderate, auth.forbidden",
        "moderator, moderate, ok",
        "moderator, never,    auth.forbidden",
        "talker,    known,    ok",
        "nobody,    nothing,  auth.unauthorized",
        "stranger,  nothing,  auth.forbidden",
        "talker,    nothing,  actor.action_not_found",
    })
    void actionsAreForThoseWhomTheyName(String who, String action, String expected) {
        Caller caller = CALLERS.get(who);
        assertThat(once(guarded, caller, action)).as("stateless").isEqualTo(expected);
        assertThat(connected(caller, client -> actors.call(guarded, client, 1, action)))
                .as("connected")
                .isEqualTo(expected);
    }

    @Test
    void whoMayNotConnectIsRefusedBeforeAnythingOfTheAuthorsRuns() {
        for (String who : List.of("nobody", "stranger")) {
            assertThat(connected(CALLERS.get(who), client -> {})).startsWith("auth.");
            once(guarded, CALLERS.get(who), "talk");
        }
        assertThat(STORY).isEmpty();
        connected(CALLERS.get("talker"), client -> {});
        connected(CALLERS.get("moderator"), client -> {});
        assertThat(STORY).containsExactly("connect false", "connect true");
    }

    @ParameterizedTest
    @CsvSource({
        "talker,    secret, auth.forbidden",
        "moderator, secret, nothing",
        "talker,    news,   nothing",
    })
    void eventsAreForThoseWhomTheirMethodNames(String who, String event, String expected) {
        assertThat(connected(
                        CALLERS.get(who),
                        client -> actors.system.deliver(guarded, new Command.Subscribe(client, event, true))))
                .isEqualTo(expected);
    }

    private void renew(String client, String who) {
        actors.system.deliver(guarded, new Command.Renew(client, CALLERS.get(who)));
    }

    @Test
    void whoIsKnownAnewMayWhatTheRolesSayNow() {
        String refused = connected(CALLERS.get("moderator"), client -> {
            actors.call(guarded, client, 1, "moderate");
            actors.runTasks();
            assertThat(outcome()).isEqualTo("ok");
            renew(client, "talker");
            actors.call(guarded, client, 2, "moderate");
            actors.runTasks();
            assertThat(outcome()).isEqualTo("auth.forbidden");
            renew(client, "moderator");
            actors.call(guarded, client, 3, "moderate");
        });
        assertThat(refused).isEqualTo("ok");
    }

    @Test
    void subscriptionsThatAreNoLongerAllowedEndAndOthersGoOn() {
        connected(CALLERS.get("moderator"), client -> {
            actors.system.deliver(guarded, new Command.Subscribe(client, "secret", true));
            actors.system.deliver(guarded, new Command.Subscribe(client, "news", true));
            renew(client, "talker");
            actors.runTasks();
            assertThat(actors.outputs).singleElement().isInstanceOfSatisfying(Output.Failed.class, failed -> {
                assertThat(failed.error().reason()).isEqualTo("auth.forbidden");
                assertThat(failed.error().metadata()).isEqualTo(Map.of("event", "secret"));
            });
            actors.outputs.clear();
            for (String event : List.of("secret", "news")) {
                actors.call(guarded, client, 1, "broadcast", event);
            }
            actors.runTasks();
            assertThat(actors.outputs.stream().filter(Output.Event.class::isInstance))
                    .extracting(output -> ((Output.Event) output).name())
                    .containsExactly("news");
        });
    }

    @Test
    void aTurnKeepsTheCallerWithWhichItBegan() {
        connected(CALLERS.get("moderator"), client -> {
            RENEWING.add(() -> renew(client, "talker"));
            actors.call(guarded, client, 1, "whileRenewed");
            actors.call(guarded, client, 2, "whileRenewed");
            actors.runTasks();
            assertThat(actors.outputs.stream().filter(Output.Reply.class::isInstance))
                    .extracting(output -> ((Output.Reply) output).result())
                    .containsExactly("moderator true", "moderator false");
        });
    }

    @Test
    void whoIsKnownAnewWhenItHasLeftIsNobody() {
        connected(CALLERS.get("moderator"), client -> {
            actors.system.deliver(guarded, new Command.Disconnect(client));
            renew(client, "talker");
            renew("never there", "moderator");
        });
        assertThat(outcome()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @CsvSource({"nobody, auth.unauthorized", "stranger, auth.forbidden", "talker, ok"})
    void lowLevelRequestsAreForThoseWhomTheClassNames(String who, String expected) {
        ActorRequest request = new ActorRequest("GET", "/", Map.of(), Map.of(), new byte[0]);
        deliver(guarded, new Command.Request("r", Undefined.UNDEFINED, CALLERS.get(who), request));
        assertThat(outcome()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"nobody, auth.unauthorized", "talker, auth.forbidden", "moderator, ok"})
    void lowLevelSocketsAreForThoseWhomTheirHookNames(String who, String expected) {
        deliver(guarded, new Command.OpenSocket("s", Undefined.UNDEFINED, CALLERS.get(who), "/", Map.of()));
        assertThat(outcome()).isEqualTo(expected);
        assertThat(STORY).isEqualTo(expected.equals("ok") ? List.of("socket true") : List.of());
    }

    @Actor("private")
    static class Private {
        @OnCreate
        @RolesAllowed("moderate")
        void create() {
            STORY.add("create");
        }

        @Action
        void any() {}
    }

    @Test
    void onlyThoseWhomOnCreateNamesCreate() {
        actors = new TestActors(Private.class);
        for (String who : List.of("nobody", "talker")) {
            assertThatThrownBy(() -> actors.creating(() -> actors.system.getOrCreate(
                            Wanted.of("private", ActorKey.of("p"), Undefined.UNDEFINED, CALLERS.get(who)))))
                    .isInstanceOfSatisfying(
                            ActorException.class,
                            e -> assertThat(e.error().group()).isEqualTo("auth"));
        }
        assertThat(STORY).isEmpty();
        actors.creating(() -> actors.system.getOrCreate(
                Wanted.of("private", ActorKey.of("p"), Undefined.UNDEFINED, CALLERS.get("moderator"))));
        assertThat(STORY).containsExactly("create");
    }

    @Test
    void whoMayNotCreateIsNotToldThatThereIsOne() {
        actors = new TestActors(Private.class);
        for (ActorKey key : List.of(ActorKey.of("p"), ActorKey.of("q"))) {
            assertThatThrownBy(() -> actors.creating(() -> actors.system.create(
                            Wanted.of("private", key, Undefined.UNDEFINED, CALLERS.get("talker")))))
                    .isInstanceOfSatisfying(
                            ActorException.class,
                            e -> assertThat(e.error().reason()).isEqualTo("auth.forbidden"));
            actors.creating(() -> actors.system.getOrCreate(
                    Wanted.of("private", ActorKey.of("q"), Undefined.UNDEFINED, CALLERS.get("moderator"))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,    false, true",
        "stranger,  false, true",
        "talker,    true,  true",
        "moderator, true,  true",
    })
    void aTypeIsForThoseWhoMayUseSomethingOfIt(String who, boolean guardedIs, boolean openIs) {
        assertThat(ActorDefinition.of(Guarded.class).isFor(CALLERS.get(who))).isEqualTo(guardedIs);
        assertThat(ActorDefinition.of(Open.class).isFor(CALLERS.get(who))).isEqualTo(openIs);
    }

    private void tickPlans() {
        actors.system.tick();
        actors.runTasks();
    }

    @Test
    void whatIsPlannedRunsAsWhoPlannedIt() {
        once(guarded, CALLERS.get("talker"), "plan", "tell", 0L);
        tickPlans();
        assertThat(STORY).containsExactly("connect false", "told by talker");
    }

    @Test
    void whatIsPlannedRunsAsWhoPlannedItAlsoAfterACrash() {
        assertThat(once(guarded, CALLERS.get("talker"), "plan", "tell", 1_000L)).isEqualTo("ok");
        actors.system.dropAll();
        actors = new TestActors(ActorSettings.defaults(), store, Guarded.class, Open.class);
        STORY.clear();
        assertThat(once(guarded, CALLERS.get("moderator"), "talk")).isEqualTo("ok"); // wakes it
        actors.clock.advance(Duration.ofSeconds(2));
        tickPlans();
        assertThat(STORY).contains("told by talker");
    }

    @Test
    void whatIsPlannedIsRefusedIfThePlannerMayNot() {
        once(guarded, CALLERS.get("talker"), "plan", "moderate", 0L);
        tickPlans();
        once(guarded, CALLERS.get("talker"), "plan", "tell", 0L);
        tickPlans();
        assertThat(STORY).contains("told by talker"); // the actor goes on
    }

    @Test
    void anActorThatRunsAsARolePlansInItsOwnName() {
        String open = actors.actor("open", "o");
        assertThat(once(open, Caller.ANONYMOUS, "talk")).isEqualTo("auth.unauthorized");
        assertThat(once(open, Caller.ANONYMOUS, "plan", "talk")).isEqualTo("ok");
        tickPlans();
        assertThat(STORY).contains("as open");
    }
}
