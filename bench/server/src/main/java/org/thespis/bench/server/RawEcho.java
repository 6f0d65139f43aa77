package org.thespis.bench.server;

import jakarta.websocket.OnMessage;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/** Sends each message back as it came. */
@ServerEndpoint("/echo")
public class RawEcho {

    static final SendHandler IGNORE = result -> {};

    @OnMessage
    public void onText(String text, Session session) {
        session.getAsyncRemote().sendText(text, IGNORE);
    }

    @OnMessage
    public void onBinary(ByteBuffer bytes, Session session) {
        session.getAsyncRemote().sendBinary(bytes, IGNORE);
    }
}
