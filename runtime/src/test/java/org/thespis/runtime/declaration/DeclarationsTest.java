package org.thespis.runtime.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.CanSubscribe;
import org.thespis.api.Connection;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.OnBeforeActionResponse;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.api.OnDestroy;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnRequest;
import org.thespis.api.OnSleep;
import org.thespis.api.OnWake;
import org.thespis.api.OnWebSocket;
import org.thespis.api.State;

/** Every number of a refused declaration, with the class named and a way out. */
class DeclarationsTest {

    @Actor("same")
    static class One {}

    @Actor("same")
    static class Other {}

    @Actor
    static class TwoActions {
        @Action
        void a() {}

        @Action("a")
        void b() {}
    }

    @Actor
    static class TwoHooks {
        @OnConnect
        void a() {}

        @OnConnect
        void b() {}
    }

    @Actor
    static class TwoCanSubscribe {
        @CanSubscribe("e")
        boolean a() {
            return true;
        }

        @CanSubscribe("e")
        boolean b() {
            return true;
        }
    }

    @Actor
    static class StaticAction {
        @Action
        static void a() {}
    }

    @Actor
    static class PrivateAction {
        @Action
        private void a() {}
    }

    @Actor
    static class NegativeTimeout {
        @Action(timeoutMillis = -1)
        void a() {}
    }

    @Actor
    static class StateWithoutResult {
        @CreateConnectionState
        void a() {}
    }

    @Actor
    static class WebSocketWithoutSocket {
        @OnWebSocket
        void a() {}
    }

    @Actor
    static class RequestWithoutResponse {
        @OnRequest
        void a(ActorRequest request) {}
    }

    @Actor
    static class ResponseHook {
        @OnBeforeActionResponse
        Object a(Object result) {
            return result;
        }
    }

    @Actor
    static class TwoInputs {
        @OnCreate
        void a(String one, String two) {}
    }

    @Actor
    static class CanSubscribeWithoutAnswer {
        @CanSubscribe
        void a() {}
    }

    @Actor
    @DenyAll
    @RolesAllowed("admin")
    static class TwoRules {}

    @Actor
    static class TwoRulesForAnAction {
        @Action
        @RolesAllowed("admin")
        @PermitAll
        void a() {}
    }

    @Actor
    static class RuleForNobody {
        @OnSleep
        @RolesAllowed("admin")
        void a() {}
    }

    @Actor
    static class RequestAndMore {
        @OnRequest
        ActorResponse a(ActorRequest request, String more) {
            return null;
        }
    }

    @Actor
    static class SocketAndMore {
        @OnWebSocket
        void a(String path, ActorWebSocket socket) {}
    }

    @Actor
    static class DestroyWithParameter {
        @OnDestroy
        void a(String why) {}
    }

    @Actor
    static class DisconnectWithParameter {
        @OnDisconnect
        void a(Connection connection, String why) {}
    }

    @Actor
    static class CreatedBySomebody {
        @OnCreate
        void a(Connection connection) {}
    }

    @Actor
    static class WokenBySomebody {
        @OnWake
        void a(Optional<Principal> principal) {}
    }

    @Actor
    static class CanSubscribeTwo {
        @CanSubscribe
        boolean a(String event, String more) {
            return true;
        }
    }

    @Actor
    static class CanSubscribeNumber {
        @CanSubscribe
        boolean a(int event) {
            return true;
        }
    }

    record Hidden(int x) {}

    @Actor
    static class HiddenParameter {
        @Action
        void a(List<Hidden> all) {}
    }

    @Actor
    static class HiddenResult {
        @Action
        Hidden a() {
            return null;
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(102, TwoActions.class, "another name"),
                Arguments.of(103, TwoHooks.class, "keep one"),
                Arguments.of(104, TwoCanSubscribe.class, "keep one"),
                Arguments.of(105, StaticAction.class, "take away static"),
                Arguments.of(106, PrivateAction.class, "make it package-private"),
                Arguments.of(107, NegativeTimeout.class, "leave it out"),
                Arguments.of(107, Hasty.class, "leave it out"),
                Arguments.of(154, LateRefusal.class, "not return a CompletionStage"),
                Arguments.of(108, StateWithoutResult.class, "return the new state"),
                Arguments.of(109, WebSocketWithoutSocket.class, "ActorWebSocket"),
                Arguments.of(110, RequestWithoutResponse.class, "ActorResponse"),
                Arguments.of(111, ResponseHook.class, "(String action, Object result)"),
                Arguments.of(112, TwoInputs.class, "one parameter"),
                Arguments.of(113, CanSubscribeWithoutAnswer.class, "return a boolean"),
                Arguments.of(190, TwoRules.class, "keep one"),
                Arguments.of(190, TwoRulesForAnAction.class, "keep one"),
                Arguments.of(191, RuleForNobody.class, "take it away"),
                Arguments.of(115, HiddenParameter.class, "make it public"),
                Arguments.of(115, HiddenResult.class, "make it public"),
                Arguments.of(116, FinalState.class, "take away static or final"),
                Arguments.of(117, DoubledState.class, "rename one"),
                Arguments.of(118, LateAtomic.class, "return the value itself"),
                Arguments.of(109, SocketAndMore.class, "one parameter of its own, of type ActorWebSocket"),
                Arguments.of(110, RequestAndMore.class, "one parameter of its own, of type ActorRequest"),
                Arguments.of(119, DestroyWithParameter.class, "no parameter"),
                Arguments.of(119, DisconnectWithParameter.class, "no parameter"),
                Arguments.of(119, WakeWithParameter.class, "no parameter"),
                Arguments.of(124, CreatedBySomebody.class, "called for nobody"),
                Arguments.of(124, WokenBySomebody.class, "called for nobody"),
                Arguments.of(125, CanSubscribeTwo.class, "the name of the event"),
                Arguments.of(125, CanSubscribeNumber.class, "the name of the event"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isRefusedWithItsNumber(int number, Class<?> type, String wayOut) {
        assertThatThrownBy(() -> ActorDefinition.of(type))
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith("THESPIS-" + number + ": ")
                .hasMessageContaining(type.getName())
                .hasMessageContaining(wayOut);
    }

    @Test
    void twoClassesOfOneNameAreRefused() {
        List<ActorDefinition> two = List.of(ActorDefinition.of(One.class), ActorDefinition.of(Other.class));
        assertThatThrownBy(() -> ActorDefinition.requireDistinctNames(two))
                .hasMessage("THESPIS-101: @Actor(\"same\") on both " + One.class.getName() + " and "
                        + Other.class.getName() + "; rename one");
    }

    @Actor
    static class FinalState {
        @State
        final List<String> names = List.of();
    }

    static class Named {
        @State
        int name;
    }

    @Actor
    static class DoubledState extends Named {
        @State
        int name;
    }

    @Actor(actionTimeoutMillis = -1)
    static class Hasty {}

    @Actor
    static class LateRefusal {
        @OnBeforeConnect
        CompletionStage<Void> before() {
            return null;
        }
    }

    @Actor
    static class LateAtomic {
        @Action(atomic = true)
        CompletionStage<String> later() {
            return null;
        }
    }

    @Actor
    static class WakeWithParameter {
        @OnWake
        void wake(String input) {}
    }

    @Actor
    static class Base {
        @Action
        String hello() {
            return "base";
        }
    }

    @Actor
    static class Derived extends Base {
        @Override
        @Action
        String hello() {
            return "derived";
        }

        @OnRequest
        ActorResponse request(ActorRequest request) {
            return ActorResponse.status(204);
        }
    }

    @Test
    void anOverriddenActionCountsOnce() {
        ActorDefinition definition = ActorDefinition.of(Derived.class);
        assertThat(definition.name()).isEqualTo("derived");
        assertThat(definition.action("hello").invoker().method().getDeclaringClass())
                .isEqualTo(Derived.class);
    }
}
