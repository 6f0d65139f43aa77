package org.thespis.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.DurableList;
import org.thespis.api.OnDestroy;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnStateChange;
import org.thespis.api.OnWake;
import org.thespis.api.State;

/** An actor with transactional actions, which does what a test says. */
@Actor("teller")
class Teller {

    interface Body {
        Object run(Teller self) throws Throwable;
    }

    interface Part {
        void run(Teller self) throws Throwable;
    }

    static volatile Body pay;
    static volatile Part onChange;
    static volatile Part onDestroy;
    static volatile Part onDisconnect;
    static final List<String> STORY = new CopyOnWriteArrayList<>();

    static void reset() {
        pay = self -> null;
        onChange = self -> {};
        onDestroy = self -> {};
        onDisconnect = self -> {};
        STORY.clear();
    }

    ActorContext actor;

    @State
    int count;

    @State
    Object odd;

    @State
    DurableList<String> lines;

    @OnWake
    void wake() {
        STORY.add("wake " + count);
    }

    @OnStateChange
    void changed() throws Throwable {
        onChange.run(this);
    }

    @OnDestroy
    void destroyed() throws Throwable {
        onDestroy.run(this);
    }

    @OnDisconnect
    void disconnected() throws Throwable {
        onDisconnect.run(this);
    }

    @Action(transactional = true)
    Object pay() throws Throwable {
        STORY.add("pay");
        return pay.run(this);
    }

    /** Adds to the field and to the durable collection, and tells it. */
    int enter(String line) {
        count++;
        lines.add(line);
        actor.broadcast("entered", line);
        return count;
    }

    @Action
    Object plain() throws Throwable {
        return pay.run(this);
    }

    @Action(readOnly = true)
    String look() {
        return count + " " + List.copyOf(lines.stream().toList());
    }
}
