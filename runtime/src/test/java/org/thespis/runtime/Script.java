package org.thespis.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.Connection;

/** What the {@link Scripted} actors of one test do when they are called, and what they did. */
final class Script {

    interface Part {
        void run(Scripted self) throws Throwable;
    }

    interface Giving {
        Object run(Scripted self) throws Throwable;
    }

    interface ConnectionPart {
        void run(Scripted self, Connection connection) throws Throwable;
    }

    interface RequestPart {
        CompletionStage<ActorResponse> run(Scripted self, ActorRequest request) throws Throwable;
    }

    interface SocketPart {
        void run(Scripted self, ActorWebSocket socket) throws Throwable;
    }

    /** One call of a hook or an action, on the thread of that name. */
    record Step(String what, String key, String thread) {}

    private static volatile Script present;

    final List<Step> steps = new CopyOnWriteArrayList<>();

    /** The bean of each actor by its key, the newest of each. */
    final Map<String, Scripted> beans = new ConcurrentHashMap<>();

    volatile Part onCreate = self -> {};
    volatile Part onWake = self -> {};
    volatile Part onSleep = self -> {};
    volatile Part onDestroy = self -> {};
    volatile Part onStateChange = self -> {};
    volatile Part preDestroy = self -> {};
    volatile ConnectionPart onBeforeConnect = (self, connection) -> {};
    volatile ConnectionPart onConnect = (self, connection) -> {};
    volatile ConnectionPart onDisconnect = (self, connection) -> {};
    volatile ConnectionPart canSubscribe = (self, connection) -> {};
    volatile RequestPart onRequest = (self, request) -> null;
    volatile SocketPart onWebSocket = (self, socket) -> {};
    volatile Part act = self -> {};
    volatile Giving give = self -> null;

    /** A new one, for all actors that are made from now on. */
    static Script begin() {
        present = new Script();
        return present;
    }

    static Script present() {
        return present;
    }

    void note(String what, Scripted self) {
        steps.add(new Step(
                what, self.actor.key().toString(), Thread.currentThread().getName()));
    }

    /** What was called, in order. */
    List<String> story() {
        return steps.stream().map(Step::what).toList();
    }

    /** How often that was called. */
    long count(String what) {
        return steps.stream().filter(step -> step.what.equals(what)).count();
    }

    /** Whether that was called of the actor of that key. */
    boolean has(String what, String key) {
        return steps.stream().anyMatch(step -> step.what.equals(what) && step.key.equals(key));
    }

    /** The names of the threads on which that was called. */
    List<String> threads(String what) {
        return steps.stream()
                .filter(step -> step.what.equals(what))
                .map(Step::thread)
                .toList();
    }
}
