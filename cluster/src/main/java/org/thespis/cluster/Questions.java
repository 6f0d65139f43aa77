package org.thespis.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.thespis.cluster.wire.Message.Answered;

/** What this node has asked others and waits for. Any thread. */
final class Questions {

    private record Question(String node, CompletableFuture<Answered> answer) {}

    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Question> open = new ConcurrentHashMap<>(); // each at most for the time-out

    /** One that waits for an answer at most so long; it fails then, or when the node is gone. */
    record Asked(long id, CompletableFuture<Answered> answer) {}

    Asked ask(String node, Duration timeout) {
        long id = ids.incrementAndGet();
        CompletableFuture<Answered> answer = new CompletableFuture<>();
        open.put(id, new Question(node, answer));
        answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, thrown) -> open.remove(id));
        return new Asked(id, answer);
    }

    void answered(String node, Answered answer) {
        Question question = open.get(answer.id());
        if (question != null && question.node.equals(node)) {
            question.answer.complete(answer);
        }
    }

    void lost(String node) {
        open.values().forEach(question -> {
            if (question.node.equals(node)) {
                question.answer.completeExceptionally(new IllegalStateException("the node " + node + " is gone"));
            }
        });
    }
}
