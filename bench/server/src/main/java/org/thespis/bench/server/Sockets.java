package org.thespis.bench.server;

import java.util.HashSet;
import java.util.Set;
import org.thespis.api.Actor;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.api.Durability;
import org.thespis.api.OnWebSocket;

/** Low-level WebSockets: each hears itself at {@code /echo}; what comes at {@code /speaker} all hear that are at {@code /room}. */
@Actor(value = "benchSockets", durability = Durability.NONE)
public class Sockets {

    private final Set<ActorWebSocket> room = new HashSet<>();

    @OnWebSocket
    public void opened(ActorWebSocket socket) {
        switch (socket.path()) {
            case "/room" -> {
                room.add(socket);
                socket.onClose(close -> room.remove(socket));
            }
            case "/speaker" -> socket.onMessage(message -> room.forEach(listener -> send(listener, message)));
            default -> socket.onMessage(message -> send(socket, message));
        }
    }

    private static void send(ActorWebSocket socket, Message message) {
        if (message instanceof Message.Text text) {
            socket.send(text.text());
        } else {
            socket.send(((Message.Binary) message).bytes());
        }
    }
}
