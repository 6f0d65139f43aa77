package org.thespis.runtime.reference;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thespis.runtime.message.ActorError;

/** The answer to something that is asked of the store, which may hang: only the first that is told counts. Any thread. */
final class LimitedAnswer implements Answer {

    private final References references;
    private final Answer answer;
    private final Runnable tooLate;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param tooLate told if nothing is within the time of a call */
    LimitedAnswer(References references, Answer answer, ActorError tooLate) {
        this.references = references;
        this.answer = answer;
        this.tooLate = () -> error(tooLate);
    }

    /** From now on there is the time of a call, and more. */
    void limit(Duration more) {
        references.later(references.callEnd(more), tooLate);
    }

    @Override
    public void result(Object plain) {
        if (ends()) {
            answer.result(plain);
        }
    }

    @Override
    public void error(ActorError error) {
        if (ends()) {
            answer.error(error);
        }
    }

    private boolean ends() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            references.notLater(tooLate);
            references.closed();
        }
        return first;
    }
}
