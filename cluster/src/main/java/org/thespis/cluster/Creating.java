package org.thespis.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.cluster.wire.Message;
import org.thespis.cluster.wire.Message.Answered;
import org.thespis.cluster.wire.MessageCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Wanted;

/**
 * Creates and destroys actors, wherever that is done: a creation on the node where the address lies, so that two nodes never run
 * {@code OnCreate} for one address, and the actor gets an id that lies there, too; a destruction where the actor lives. Any
 * thread.
 */
final class Creating {

    private final String self;
    private final Relay local;
    private final Gate gate;
    private final Lines lines;
    private final Duration timeout;
    private final Questions questions = new Questions();

    Creating(String self, Relay local, Gate gate, Lines lines, Duration timeout) {
        this.self = self;
        this.local = local;
        this.gate = gate;
        this.lines = lines;
        this.timeout = timeout;
    }

    private static String address(Wanted wanted) {
        return wanted.name() + "/" + wanted.key();
    }

    /** Blocks until it is done. */
    Answered create(Wanted wanted, boolean mayExist) {
        ActorError ifUnknown = mayExist ? ActorError.unavailable() : ActorError.outcomeUnknown();
        String address = address(wanted);
        CompletableFuture<Answered> answer = at(
                address,
                () -> createHere(0, wanted, mayExist),
                id -> epoch -> new Message.Create(id, epoch, wanted, mayExist));
        try {
            Answered done = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (done.error() != null) {
                throw new ActorException(done.error());
            }
            return done;
        } catch (TimeoutException e) {
            throw new ActorException(ifUnknown);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ActorException known ? known : new ActorException(ifUnknown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ActorException(ifUnknown);
        }
    }

    CompletableFuture<Void> destroy(String actorId) {
        CompletableFuture<Answered> answer =
                at(actorId, () -> destroyHere(0, actorId), id -> epoch -> new Message.Destroy(id, epoch, actorId));
        return answer.handle((done, thrown) -> {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (cause != null) {
                throw cause instanceof ActorException known ? known : new ActorException(ActorError.unavailable());
            }
            if (done.error() != null) {
                throw new ActorException(done.error());
            }
            return null;
        });
    }

    private interface Here {
        CompletableFuture<Answered> run();
    }

    private CompletableFuture<Answered> at(String id, Here here, Function<Long, Function<Long, Message>> there) {
        Placement placement = gate.placement();
        if (placement == null) {
            return CompletableFuture.failedFuture(new ActorException(ActorError.unavailable()));
        }
        String node = placement.ownerOf(id);
        if (node == null) { // this part of the cluster is not to serve
            return CompletableFuture.failedFuture(new ActorException(ActorError.unavailable()));
        }
        if (!node.equals(self)) {
            return askThere(node, placement.epoch(), there);
        }
        if (gate.isFree(id)) {
            return here.run();
        }
        CompletableFuture<Answered> answer = new CompletableFuture<>();
        gate.enter(id, placement.epoch(), new Question(here, done -> answer.complete(done), 0));
        return answer;
    }

    private CompletableFuture<Answered> askThere(
            String node, long epoch, Function<Long, Function<Long, Message>> message) {
        Questions.Asked asked = questions.ask(node, timeout);
        try {
            byte[] bytes = MessageCodec.write(message.apply(asked.id()).apply(epoch));
            if (!lines.send(node, Kind.COMMAND, bytes)) {
                asked.answer().completeExceptionally(new ActorException(ActorError.unavailable()));
            }
        } catch (UnencodableException e) {
            asked.answer().completeExceptionally(new ActorException(ActorError.unencodable(e.getMessage())));
        }
        return asked.answer();
    }

    private CompletableFuture<Answered> createHere(long id, Wanted wanted, boolean mayExist) {
        Answered answer;
        try {
            if (mayExist) {
                Relay.Resolution resolution = local.getOrCreate(wanted);
                answer = new Answered(id, resolution.actor(), resolution.created(), null);
            } else {
                answer = new Answered(id, local.create(wanted), true, null);
            }
        } catch (ActorException e) {
            answer = new Answered(id, null, false, e.error());
        }
        return CompletableFuture.completedFuture(answer);
    }

    private CompletableFuture<Answered> destroyHere(long id, String actorId) {
        return local.destroy(actorId).toCompletableFuture().handle((done, thrown) -> {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            ActorError error = cause == null ? null : ActorError.unavailable();
            return new Answered(id, null, false, cause instanceof ActorException known ? known.error() : error);
        });
    }

    /** Something that is asked, as it waits at the gate. */
    private record Question(Here here, java.util.function.Consumer<Answered> answer, long id) implements Gate.Entry {

        @Override
        public void run() {
            here.run().thenAccept(answer);
        }

        @Override
        public void refuse(ActorError why) {
            answer.accept(new Answered(id, null, false, why));
        }

        @Override
        public boolean must() {
            return false;
        }
    }

    /** Another node asks. */
    void asked(String from, Message.Create create) {
        Here here = () -> createHere(create.id(), create.wanted(), create.mayExist());
        gate.enter(
                address(create.wanted()), create.epoch(), new Question(here, done -> answer(from, done), create.id()));
    }

    /** Another node asks. */
    void asked(String from, Message.Destroy destroy) {
        Here here = () -> destroyHere(destroy.id(), destroy.actorId());
        gate.enter(destroy.actorId(), destroy.epoch(), new Question(here, done -> answer(from, done), destroy.id()));
    }

    private void answer(String to, Answered answer) {
        lines.send(to, Kind.OUTPUT, MessageCodec.write(answer));
    }

    void answered(String from, Answered answer) {
        questions.answered(from, answer);
    }

    void lost(String node) {
        questions.lost(node);
    }
}
