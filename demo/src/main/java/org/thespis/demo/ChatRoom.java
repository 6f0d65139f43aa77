package org.thespis.demo;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.DurableList;
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

    /**
     * A part of the history.
     *
     * @param first how many messages are older
     */
    public record Page(int first, List<Message> messages) {}

    private static final int PAGE_SIZE = 50;
    private static final int MAX_NAME = 40;

    @State
    DurableList<Message> messages;

    @Inject
    ActorContext actor;

    @Inject
    @EventName("messageReceived")
    EventPublisher<Message> messageReceived;

    @CreateConnectionState
    Guest guest(JoinParams params, Connection guest) {
        String given = params == null || params.name() == null ? "" : params.name();
        String name =
                guest.principal().map(Principal::getName).orElse(given).strip(); // who is logged in is nobody else
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

    /** Takes all messages away. */
    @Action
    @RolesAllowed("moderate")
    void clear() {
        messages.clear();
        actor.broadcast("cleared");
    }

    /** The last messages before that one, or of all. */
    @Action(readOnly = true)
    Page history(Optional<Integer> before) {
        int end = Math.max(0, Math.min(before.orElse(messages.size()), messages.size()));
        int first = Math.max(0, end - PAGE_SIZE);
        return new Page(first, messages.page(first, end - first));
    }

    @Action(readOnly = true)
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
