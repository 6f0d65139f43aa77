package org.thespis.runtime.reference;

import java.util.function.Consumer;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** Something that a turn asks of others, until its state is durable; not asked at all if that is lost. Any thread. */
final class Held implements InsideClient {

    private final References references;
    private final String id;
    private final Runnable leaves;
    private final Consumer<ActorError> lost;

    /**
     * @param leaves asks it; only hands something over
     * @param lost told why it is not asked
     */
    Held(References references, String id, Runnable leaves, Consumer<ActorError> lost) {
        this.references = references;
        this.id = id;
        this.leaves = leaves;
        this.lost = lost;
    }

    @Override
    public void told(Output.ToOne output) {
        if (!references.remove(id, this)) {
            return;
        }
        if (output instanceof Output.Failed failed) {
            lost.accept(failed.error());
        } else {
            leaves.run();
        }
    }

    @Override
    public void heard(Output.Event event) {
        // it listens to nothing
    }

    @Override
    public void over(ActorError error) {
        if (references.remove(id, this)) {
            lost.accept(error);
        }
    }
}
