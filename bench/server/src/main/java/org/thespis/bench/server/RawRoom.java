package org.thespis.bench.server;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends what one client says to all others, in a plain loop over their sessions. */
@ServerEndpoint("/room")
public class RawRoom {

    private static final int MAX_TEXT = 65_536;
    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();
    private static final String SPEAKER = "speaker";

    @OnOpen
    public void onOpen(Session session) {
        session.setMaxTextMessageBufferSize(MAX_TEXT);
        if (!SPEAKER.equals(session.getQueryString())) {
            SESSIONS.add(session);
        }
    }

    @OnMessage
    public void onText(String text) {
        for (Session session : SESSIONS) {
            session.getAsyncRemote().sendText(text, RawEcho.IGNORE);
        }
    }

    @OnClose
    public void onClose(Session session) {
        SESSIONS.remove(session);
    }
}
