package org.thespis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;
import org.thespis.demo.ChatRoom.JoinParams;
import org.thespis.demo.ChatRoom.Message;
import org.thespis.demo.ChatRoom.Page;
import org.thespis.testkit.TestActor;
import org.thespis.testkit.TestConnection;
import org.thespis.testkit.TestKit;

/** The chat room where people are logged in. */
class ModerationTest {

    @RegisterExtension
    final TestKit kit = TestKit.of(ChatRoom.class);

    private final TestActor room = kit.actor("chatRoom", "general");

    @Test
    void whoIsLoggedInIsNobodyElse() {
        TestConnection bob = room.as("bob").connect(new JoinParams("alice"));
        assertThat(bob.call(Message.class, "sendMessage", "Hello").from()).isEqualTo("bob");
        assertThat(room.as("eve")
                        .connect()
                        .call(Message.class, "sendMessage", "Hi")
                        .from())
                .isEqualTo("eve");
    }

    @Test
    void aModeratorClearsTheRoomAndNobodyElse() {
        TestConnection bob =
                room.as("bob", "talk").connect(new JoinParams("bob")).on("cleared");
        TestConnection ann = room.connect(new JoinParams("Ann"));
        bob.call("sendMessage", "Hello");
        assertRefused("forbidden", () -> bob.call("clear"));
        assertRefused("unauthorized", () -> ann.call("clear"));
        assertThat(bob.call(Page.class, "history").messages()).hasSize(1);
        room.as("alice", "moderate").connect().call("clear");
        assertThat(bob).received("cleared");
        assertThat(bob.call(Page.class, "history").messages()).isEmpty();
    }

    private static void assertRefused(String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ActorCallException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
