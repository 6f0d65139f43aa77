package org.thespis.demo;

import static java.util.Objects.requireNonNullElse;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.HashMap;
import java.util.Map;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.OnConnect;
import org.thespis.api.OnDisconnect;
import org.thespis.api.State;
import org.thespis.api.UserException;

/** A room in which players move: each position goes to all the others. */
@Actor("gameRoom")
public class GameRoom {

    public record JoinParams(String playerId, String role) {}

    public record Seat(String playerId, String role) {}

    /** Both from 0 to 1. */
    public record Position(@DecimalMin("0") @DecimalMax("1") double x, @DecimalMin("0") @DecimalMax("1") double y) {}

    public record Moved(String playerId, Position position) {}

    public record Snapshot(boolean started, Map<String, Position> players) {}

    private static final Position MIDDLE = new Position(0.5, 0.5);

    @State
    boolean started;

    /** Where those are who are here; they start anew when they come back. */
    private final Map<String, Position> players = new HashMap<>();

    @Inject
    ActorContext actor;

    @CreateConnectionState
    Seat seat(JoinParams params) {
        if (params == null || params.playerId() == null || params.playerId().isBlank()) {
            throw new UserException("no_player", "A player needs an id");
        }
        return new Seat(params.playerId(), requireNonNullElse(params.role(), "player"));
    }

    @OnConnect
    void joined(Connection connection) {
        String playerId = connection.state(Seat.class).playerId();
        players.putIfAbsent(playerId, MIDDLE);
        actor.connections().except(connection).send("playerMoved", new Moved(playerId, players.get(playerId)));
    }

    @OnDisconnect
    void left(Connection connection) {
        String playerId = connection.state(Seat.class).playerId();
        boolean elsewhere = actor.connections().stream()
                .anyMatch(c -> c.state(Seat.class).playerId().equals(playerId));
        if (!elsewhere) {
            players.remove(playerId);
            actor.broadcast("playerLeft", playerId);
        }
    }

    @Action
    void updatePlayerPosition(@NotNull @Valid Position position, Connection connection) {
        String playerId = connection.state(Seat.class).playerId();
        players.put(playerId, position);
        actor.connections().except(connection).send("playerMoved", new Moved(playerId, position));
    }

    @Action
    void startGame() {
        if (!started) {
            started = true;
            actor.broadcast("gameStarted", Map.of());
        }
    }

    @Action
    Snapshot snapshot() {
        return new Snapshot(started, players);
    }
}
