package org.thespis.runtime.reference;

import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Throwables;

/** The end of an actor that somebody waits for, which its turns may hold up. Any thread. */
final class Destroying implements InsideClient {

    private final References references;
    private final String id;
    private final Answer answer;

    Destroying(References references, String id, Answer answer) {
        this.references = references;
        this.id = id;
        this.answer = answer;
    }

    /** What came of it; only the first that is told counts. */
    void done(Throwable thrown) {
        Throwable cause = thrown == null ? null : Throwables.unwrap(thrown);
        if (cause != null) {
            over(cause instanceof ActorException e ? e.error() : ActorError.internal());
        } else if (ends()) {
            answer.result(null);
        }
    }

    @Override
    public void over(ActorError error) {
        if (ends()) {
            answer.error(error);
        }
    }

    private boolean ends() {
        boolean first = references.remove(id, this);
        if (first) {
            references.closed(id, this);
        }
        return first;
    }

    @Override
    public void told(Output.ToOne output) {
        // it is no client of the actor
    }

    @Override
    public void heard(Output.Event event) {
        // likewise
    }
}
