package org.thespis.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.RunAs;
import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.OnWebSocket;
import org.thespis.api.Undefined;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

/** Whom the server and its beans are told of while something of an author's runs in a turn, and that nothing is left of it. */
class CallersOfTurnsTest {

    private static final Caller ANN = new Caller("ann", Set.of("talk"));

    /** The user of the thread, as the server knows it. */
    private static final ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "as before");

    private static final List<String> SEEN = new ArrayList<>();

    /** Whose the thread is when a bean of an actor is made and ended. */
    private static final List<String> BEANS = new ArrayList<>();

    private static final SecurityContext OF_SERVER = (SecurityContext) Proxy.newProxyInstance(
            SecurityContext.class.getClassLoader(),
            new Class<?>[] {SecurityContext.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getCallerPrincipal" -> (Principal) () -> "user of the page";
                case "isCallerInRole" -> arguments[0].equals("reader");
                case "hasAccessToWebResource" -> throw new IllegalStateException("no page here");
                default -> Set.of();
            });

    private static final SecurityContext SECURITY = CallerBeans.securityContext(() -> OF_SERVER);
    private static final Principal PRINCIPAL = new PrincipalOfTurn(OF_SERVER::getCallerPrincipal);

    private static Object as(Caller caller, AsCaller.Body body) throws Throwable {
        String outer = USER.get();
        USER.set(caller.name() + " " + caller.roles());
        try {
            return body.run();
        } finally {
            USER.set(outer);
        }
    }

    @Actor("asking")
    static class Asking {
        ActorContext context;

        @Action
        void look() {
            Principal known = SECURITY.getCallerPrincipal();
            SEEN.add((known == null ? "nobody" : known.getName() + SECURITY.isCallerInRole("talk")) + ", "
                    + PRINCIPAL.getName() + ", " + USER.get());
        }

        @Action
        void lookLater() {
            context.executor().execute(this::look);
        }

        @Action
        void plan() {
            context.schedule().after(Duration.ZERO, "look");
        }

        @Action
        void breakDown() {
            throw new StackOverflowError();
        }

        @OnWebSocket
        void socket(ActorWebSocket socket) {
            socket.onMessage(message -> look());
            socket.onClose(close -> look());
        }

        @Action
        void types() {
            SEEN.add(SECURITY.getPrincipalsByType(Principal.class).size() + " "
                    + SECURITY.getPrincipalsByType(javax.security.auth.x500.X500Principal.class)
                            .size()
                    + " " + SECURITY.isCallerInRole("**") + SECURITY.isCallerInRole("reader"));
        }
    }

    @Actor("acting")
    @RunAs("report")
    static class Acting extends Asking {}

    private final ActorSystem system = new ActorSystem(
            List.of(ActorDefinition.of(Asking.class), ActorDefinition.of(Acting.class)),
            new Beans(),
            new MemoryStateStore(),
            Runnable::run,
            Runnable::run,
            Runnable::run,
            ActorSettings.defaults());

    private final LocalRelay relay = new LocalRelay(system);

    CallersOfTurnsTest() {
        relay.connect(output -> {});
        SEEN.clear();
        BEANS.clear();
    }

    private static final class Beans implements ActorBeans {

        @Override
        public ActorBean create(ActorDefinition definition, ActorContext context) {
            Asking bean = definition.type() == Acting.class ? new Acting() : new Asking();
            bean.context = context;
            BEANS.add("made as " + USER.get());
            return new ActorBean() {
                @Override
                public Object instance() {
                    return bean;
                }

                @Override
                public Object enter() {
                    return null;
                }

                @Override
                public void leave(Object entered) {
                    // no scope here
                }

                @Override
                public void destroy() {
                    BEANS.add("ended as " + USER.get());
                }
            };
        }

        @Override
        public AsCaller asCaller() {
            return new UserOfTurn(CallersOfTurnsTest::as);
        }
    }

    private String actor(String type) {
        return relay.getOrCreate(Wanted.of(type, ActorKey.of("k"), Undefined.UNDEFINED, Caller.ANONYMOUS))
                .actor()
                .id();
    }

    private void ask(String actor, Command command) {
        relay.ask(actor, command);
        assertThat(USER.get()).as("the thread is as it was").isEqualTo("as before");
    }

    private void call(String type, Caller caller, String action) {
        String id = actor(type);
        ask(id, new Command.Connect("client", Undefined.UNDEFINED, caller));
        ask(id, new Command.Call("client", 1, action, List.of()));
        ask(id, new Command.Disconnect("client"));
    }

    @Test
    void listenersOfLowLevelSocketsRunAsWhoHasTheSocket() {
        String id = actor("asking");
        ask(id, new Command.OpenSocket("s", Undefined.UNDEFINED, ANN, "/", Map.of()));
        ask(id, new Command.SocketMessage("s", new ActorWebSocket.Message.Text("x")));
        ask(id, new Command.SocketClosed("s", new ActorWebSocket.Close(1000, "")));
        assertThat(SEEN).containsExactly("anntrue, ann, ann [talk]", "anntrue, ann, ann [talk]");
    }

    @Test
    void anActionRunsAsItsCaller() {
        call("asking", ANN, "look");
        call("asking", Caller.ANONYMOUS, "look");
        assertThat(SEEN).containsExactly("anntrue, ann, ann [talk]", "nobody, anonymous, null []");
    }

    @Test
    void soDoesWhatItHandsToItsExecutorAndWhatItPlans() {
        call("asking", ANN, "lookLater");
        call("asking", ANN, "plan");
        system.tickPlans();
        assertThat(SEEN).containsExactly("anntrue, ann, ann [talk]", "anntrue, ann, ann [talk]");
    }

    @Test
    void othersAreCalledAsTheRoleThatAnActorRunsAs() {
        call("acting", ANN, "look");
        assertThat(SEEN).hasSize(1);
        assertThat(SEEN.get(0)).startsWith("anntrue, ann, ").endsWith(" [report]");
    }

    @Test
    void theBeanOfAnActorIsMadeAndEndedAsNobodyWhoeverHasTheThread() {
        String id = actor("asking");
        assertThat(BEANS).containsExactly("made as null []");
        relay.destroy(id);
        assertThat(BEANS).containsExactly("made as null []", "ended as null []");
        assertThat(USER.get()).as("the thread is as it was").isEqualTo("as before");
    }

    @Test
    void nothingIsLeftWhenItThrows() {
        call("asking", ANN, "breakDown");
        call("asking", Caller.ANONYMOUS, "look");
        assertThat(SEEN).containsExactly("nobody, anonymous, null []");
    }

    @Test
    void theCallerHasItsOwnRolesAndPrincipalOnly() {
        call("asking", ANN, "types");
        call("asking", Caller.ANONYMOUS, "types");
        assertThat(SEEN).containsExactly("1 0 truefalse", "0 0 falsefalse");
    }

    @Test
    void outsideOfTurnsTheServerAnswers() {
        assertThat(SECURITY.getCallerPrincipal().getName()).isEqualTo("user of the page");
        assertThat(SECURITY.isCallerInRole("reader")).isTrue();
        assertThat(SECURITY.isCallerInRole("talk")).isFalse();
        assertThat(PRINCIPAL.getName()).isEqualTo("user of the page");
        assertThatThrownBy(() -> SECURITY.hasAccessToWebResource("/"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no page here");
    }

    @Test
    void whereTheServerHasNoneThereIsNobody() {
        SecurityContext none = CallerBeans.securityContext(() -> null);
        assertThat(none.getCallerPrincipal()).isNull();
        assertThat(none.isCallerInRole("talk")).isFalse();
        assertThat(none.getPrincipalsByType(Principal.class)).isEmpty();
        assertThatThrownBy(() -> none.authenticate(null, null, null)).isInstanceOf(IllegalStateException.class);
        assertThat(none).isEqualTo(none).isNotEqualTo(SECURITY).hasToString("SecurityContext of turns and of null");
        assertThat(new PrincipalOfTurn(() -> null)).hasToString("anonymous");
    }
}
