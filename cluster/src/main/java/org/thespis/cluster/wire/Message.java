package org.thespis.cluster.wire;

import java.util.List;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;

/** What one node sends another: data only. Epochs number the views of the cluster; each later one is larger. */
public sealed interface Message {

    /**
     * A node has come to a view, and sends nothing of an earlier one any more.
     *
     * @param held segments of others that it has not let go yet
     */
    record Sync(long epoch, List<Integer> held) implements Message {

        public Sync {
            held = List.copyOf(held);
        }
    }

    /** No actor of that segment lives on the sender any more. */
    record Released(long epoch, int segment) implements Message {}

    /**
     * The sender ends its lines: nothing follows. All that came before is taken when that is answered.
     *
     * @param heard whether this is the answer
     */
    record Ending(boolean heard) implements Message {}

    /** The sender is about to leave, and asks for a placement without it. To the one that places. */
    record Leaving(long view) implements Message {}

    /**
     * Who of a view is to have no actors any more.
     *
     * @param number of the placement in that view, from 1
     * @param leaving all of them
     */
    record Placed(long view, int number, List<String> leaving) implements Message {

        public Placed {
            leaving = List.copyOf(leaving);
        }
    }

    /** The sender had too much waiting for the receiver and gave it up: nothing that was open between them goes on. */
    record Reset() implements Message {}

    /** A command for an actor, to the node that it lives on. */
    record Ask(long epoch, String actorId, Command command) implements Message {}

    /** What an actor sends to clients of the receiver. */
    record Told(Output output) implements Message {}

    /**
     * An actor is wanted of the node where its address lies.
     *
     * @param id of the question, which the answer carries; unique for its sender
     * @param mayExist whether one that exists is a good answer, too
     */
    record Create(long id, long epoch, Wanted wanted, boolean mayExist) implements Message {}

    /** An actor is to end for good. */
    record Destroy(long id, long epoch, String actorId) implements Message {}

    /**
     * The answer to one of the two above.
     *
     * @param actor null after a destruction, or with an error
     * @param error null if it was done
     */
    record Answered(long id, ActorRecord actor, boolean created, ActorError error) implements Message {}
}
