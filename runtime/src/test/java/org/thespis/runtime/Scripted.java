package org.thespis.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.CanSubscribe;
import org.thespis.api.Connection;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.api.OnDestroy;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnRequest;
import org.thespis.api.OnSleep;
import org.thespis.api.OnStateChange;
import org.thespis.api.OnWake;
import org.thespis.api.OnWebSocket;
import org.thespis.api.State;

/** An actor with every hook: it notes each call in its {@link Script}, and does what that says. */
@Actor("scripted")
class Scripted implements AutoCloseable {

    public static class Node {
        public String name = "n";
        public Node next;
    }

    /** Written, but not read, by JSON-B. */
    public static class NoDefault {
        public String name;

        public NoDefault(String name) {
            this.name = name;
        }
    }

    private final Script script = Script.present();
    ActorContext actor;

    @State
    int count;

    @State
    double number;

    /** Leaves a state that cannot be written. */
    void tie() {
        node = new Node();
        node.next = node;
    }

    @State
    Node node;

    @State
    NoDefault odd;

    @State
    Map<String, String> map = new HashMap<>(1024);

    String key() {
        return actor.key().toString();
    }

    private void run(String what, Script.Part part) throws Throwable {
        script.note(what, this);
        part.run(this);
    }

    @OnCreate
    void create() throws Throwable {
        script.beans.put(key(), this);
        run("create", script.onCreate);
    }

    @OnWake
    void wake() throws Throwable {
        script.beans.put(key(), this);
        run("wake", script.onWake);
    }

    @OnSleep
    void sleep() throws Throwable {
        run("sleep", script.onSleep);
    }

    @OnStateChange
    void changed() throws Throwable {
        run("changed", script.onStateChange);
    }

    @OnDestroy
    void destroyed() throws Throwable {
        run("destroyed", script.onDestroy);
    }

    @OnBeforeConnect
    void before(Connection connection) throws Throwable {
        script.onBeforeConnect.run(this, connection);
    }

    @OnConnect
    void connect(Connection connection) throws Throwable {
        script.note("connect " + connection.id(), this);
        script.onConnect.run(this, connection);
    }

    @CanSubscribe("asked")
    boolean canSubscribe(Connection connection) throws Throwable {
        script.canSubscribe.run(this, connection);
        return true;
    }

    @OnDisconnect
    void disconnect(Connection connection) throws Throwable {
        script.note("disconnect " + connection.id(), this);
        script.onDisconnect.run(this, connection);
    }

    @OnRequest
    CompletionStage<ActorResponse> request(ActorRequest request) throws Throwable {
        return script.onRequest.run(this, request);
    }

    @OnWebSocket
    void socket(ActorWebSocket socket) throws Throwable {
        script.onWebSocket.run(this, socket);
    }

    @Action
    int act() throws Throwable {
        run("act", script.act);
        return count;
    }

    @Action(atomic = true)
    int actAtomically() throws Throwable {
        run("act", script.act);
        return count;
    }

    @Action
    Object give() throws Throwable {
        script.note("give", this);
        return script.give.run(this);
    }

    @Action(atomic = true)
    Object giveAtomically() throws Throwable {
        script.note("give", this);
        return script.give.run(this);
    }

    @Action
    int add(int by) {
        count += by;
        actor.broadcast("added", count);
        return count;
    }

    @Action
    int get() {
        return count;
    }

    /** What a container would call as {@code @PreDestroy}. */
    @Override
    public void close() throws Exception {
        try {
            run("preDestroy", script.preDestroy);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
