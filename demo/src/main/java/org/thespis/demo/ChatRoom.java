package org.thespis.demo;

import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.EventName;
import org.thespis.api.EventPublisher;
import org.thespis.api.OnConnect;
import org.thespis.api.OnDisconnect;
import org.thespis.api.State;
import org.thespis.api.UserException;

/** A room in which people talk: its history, who is here, and messages to one person. */
@Actor("chatRoom")
public class ChatRoom {

    public record JoinParams(String name) {}

    public record Guest(String name) {}

    public record Message(String from, String text, Instant at) {}

    private static final int HISTORY_SIZE = 200;
    private static final int MAX_NAME = 40;

    @State
    List<Message> messages = new ArrayList<>();

    @Inject
    ActorContext actor;

    @Inject
    @EventName("messageReceived")
    EventPublisher<Message> messageReceived;

    @CreateConnectionState
    Guest guest(JoinParams params) {
        String name =
                params == null || params.name() == null ? "" : params.name().strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new UserException("bad_name", "A name has 1 to " + MAX_NAME + " characters");
        }
        return new Guest(name);
    }

    @OnConnect
    @OnDisconnect
    void presenceChanged() {
        actor.broadcast("presenceChanged", whoIsHere());
    }

    @Action
    Message sendMessage(@NotBlank @Size(max = 500) String text, Connection sender) {
        Message message = new Message(name(sender), text, Instant.now());
        messages.add(message);
        if (messages.size() > HISTORY_SIZE) {
            messages.remove(0);
        }
        messageReceived.send(message);
        return message;
    }

    @Action
    void sendPrivateMessage(@NotBlank String to, @NotBlank @Size(max = 500) String text, Connection sender) {
        List<Connection> receivers =
                actor.connections().stream().filter(c -> name(c).equals(to)).toList();
        if (receivers.isEmpty()) {
            throw new UserException("not_here", to + " is not here");
        }
        Message message = new Message(name(sender), text, Instant.now());
        receivers.forEach(c -> c.send("privateMessage", message));
    }

    @Action
    List<Message> history() {
        return messages;
    }

    @Action
    List<String> whoIsHere() {
        return actor.connections().stream()
                .map(ChatRoom::name)
                .distinct()
                .sorted()
                .toList();
    }

    private static String name(Connection connection) {
        return connection.state(Guest.class).name();
    }
}
