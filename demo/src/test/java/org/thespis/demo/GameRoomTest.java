package org.thespis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.ActorCallException;
import org.thespis.demo.GameRoom.JoinParams;
import org.thespis.demo.GameRoom.Moved;
import org.thespis.demo.GameRoom.Position;
import org.thespis.demo.GameRoom.Snapshot;
import org.thespis.testkit.TestActor;
import org.thespis.testkit.TestConnection;
import org.thespis.testkit.TestKit;

class GameRoomTest {

    private static final Position MIDDLE = new Position(0.5, 0.5);
    private static final Position CORNER = new Position(0, 1);

    @RegisterExtension
    final TestKit kit = TestKit.of(GameRoom.class);

    private final TestActor room = kit.actor("gameRoom", "lobby");

    private TestConnection player(String id) {
        return room.connect(new JoinParams(id, null));
    }

    @Test
    void aMoveReachesAllTheOthers() {
        TestConnection red = player("red").on("playerMoved");
        TestConnection blue = player("blue").on("playerMoved");
        assertThat(red).received("playerMoved", new Moved("blue", MIDDLE));
        blue.call("updatePlayerPosition", CORNER);
        assertThat(red).received("playerMoved", new Moved("blue", CORNER));
        assertThat(blue).receivedNo("playerMoved");
    }

    @Test
    void aPositionOutsideOfTheFieldIsRefused() {
        TestConnection red = player("red");
        assertThatThrownBy(() -> red.call("updatePlayerPosition", new Position(2, 0)))
                .isInstanceOfSatisfying(
                        ActorCallException.class, e -> assertThat(e.code()).isEqualTo("validation_failed"));
        assertThat(red.call(Snapshot.class, "snapshot").players()).isEqualTo(Map.of("red", MIDDLE));
    }

    @Test
    void whoPlaysInTwoWindowsLeavesWithTheLast() {
        TestConnection red = player("red").on("playerLeft");
        TestConnection first = player("blue");
        TestConnection second = player("blue");
        first.close();
        assertThat(red).receivedNo("playerLeft");
        second.close();
        assertThat(red).received("playerLeft", "blue");
    }

    @Test
    void aGameStartsOnceAndIsStartedAfterAKilledServer() {
        TestConnection red = player("red").on("gameStarted");
        red.call("startGame");
        red.call("startGame");
        assertThat(red.events(Map.class, "gameStarted")).hasSize(1);
        kit.crash();
        Snapshot found = player("blue").call(Snapshot.class, "snapshot");
        assertThat(found.started()).isTrue();
        assertThat(found.players()).as("those who are here").containsOnlyKeys("blue");
    }
}
