package org.thespis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;
import org.thespis.demo.ChatRoom.JoinParams;
import org.thespis.demo.ChatRoom.Message;
import org.thespis.demo.ChatRoom.Page;
import org.thespis.testkit.TestActor;
import org.thespis.testkit.TestConnection;
import org.thespis.testkit.TestKit;

class ChatRoomTest {

    @RegisterExtension
    final TestKit kit = TestKit.of(ChatRoom.class);

    private final TestActor room = kit.actor("chatRoom", "general");

    private TestConnection guest(String name) {
        return room.connect(new JoinParams(name));
    }

    @Test
    void aMessageReachesAllWhoAreHere() {
        TestConnection ann = guest("Ann").on("messageReceived");
        TestConnection bob = guest("Bob").on("messageReceived");
        Message sent = bob.call(Message.class, "sendMessage", "Hello");
        assertThat(sent.from()).isEqualTo("Bob");
        assertThat(ann).received("messageReceived", sent);
        assertThat(bob).received("messageReceived", sent);
    }

    @Test
    void aPrivateMessageReachesOnlyWhoIsNamed() {
        TestConnection ann = guest("Ann").on("privateMessage");
        TestConnection bob = guest("Bob").on("privateMessage");
        guest("Eve").call("sendPrivateMessage", "Ann", "psst");
        assertThat(ann.events(Message.class, "privateMessage"))
                .extracting(Message::text)
                .containsExactly("psst");
        assertThat(bob).receivedNo("privateMessage");
        assertRefused("not_here", () -> bob.call("sendPrivateMessage", "Nobody", "psst"));
    }

    @Test
    void whoComesAndGoesIsTold() {
        TestConnection ann = guest("Ann").on("presenceChanged");
        TestConnection bob = guest("Bob");
        assertThat(ann).received("presenceChanged", List.of("Ann", "Bob"));
        bob.close();
        assertThat(ann).received("presenceChanged", List.of("Ann"));
    }

    @Test
    void aGuestNeedsAName() {
        assertRefused("bad_name", room::connect);
        assertRefused("bad_name", () -> guest("  "));
        assertRefused("bad_name", () -> guest("x".repeat(41)));
        assertThat(room.connect(Map.of("name", " Ann ")).call(List.class, "whoIsHere"))
                .containsExactly("Ann");
    }

    @Test
    void anEmptyMessageIsRefused() {
        TestConnection ann = guest("Ann").on("messageReceived");
        assertRefused("validation_failed", () -> ann.call("sendMessage", " "));
        assertThat(ann).receivedNo("messageReceived");
    }

    @Test
    void theHistoryOutlivesAKilledServerAndIsReadByThePage() {
        TestConnection ann = guest("Ann");
        for (int i = 0; i < 60; i++) {
            ann.call("sendMessage", "m" + i);
        }
        kit.crash();
        TestConnection again = guest("Ann");
        Page last = again.call(Page.class, "history");
        assertThat(last.first()).isEqualTo(10);
        assertThat(last.messages()).extracting(Message::text).hasSize(50).endsWith("m59");
        Page before = again.call(Page.class, "history", last.first());
        assertThat(before.messages()).extracting(Message::text).hasSize(10).startsWith("m0");
    }

    @Test
    void anEmptyRoomFallsAsleepAndRemembers() {
        TestConnection ann = guest("Ann");
        ann.call("sendMessage", "Is anybody here?");
        ann.close();
        kit.clock().advance(Duration.ofMinutes(1));
        assertThat(room.isAwake()).isFalse();
        assertThat(guest("Bob").call(Page.class, "history").messages()).hasSize(1);
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
