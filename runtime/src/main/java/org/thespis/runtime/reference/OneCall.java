package org.thespis.runtime.reference;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;

/**
 * One call from inside the server, a stateless one as that of a client over HTTP. If it was surely not run it is tried again,
 * as a client would do. Any thread.
 */
final class OneCall implements Asking, InsideClient {

    /**
     * What is called.
     *
     * @param arguments plain values that are never changed
     */
    record Request(Sender sender, Target target, String action, List<Object> arguments) {}

    /** How often a call is tried that was not run. */
    static final int MAX_TRIES = 5;

    /** Before the second try of a call to an actor that restarts, and twice that before each further one. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** The instance lost what it did last. */
    private static final String RESTARTING = ActorError.restarting().reason();

    /** The actor of that id is no more; there may be another of the key. */
    private static final Set<String> GONE =
            Set.of(ActorError.actorNotFound().reason(), ActorError.destroyed().reason());

    private final References references;
    private final Address address;
    private final Request request;
    private final Answer answer;
    private final AtomicBoolean over = new AtomicBoolean();
    private int tries; // used by one thread after the other: who asks, and who is told
    private volatile String clientId = ""; // none before it is asked
    private volatile String actorId;

    OneCall(References references, Request request, Answer answer) {
        this.references = references;
        this.request = request;
        this.answer = answer;
        this.address = references.address(request.target.name());
    }

    /** Calls. What comes of it is told to the answer, also if it cannot be called. */
    void begin() {
        if (references.opens()) {
            references.ask(this::tryAgain, this::end);
        } else {
            over.set(true);
            answer.error(references.refusal());
        }
    }

    /**
     * The same for a call that nobody waits for: it leaves after the transaction that its caller is in, and not at all if that
     * is rolled back.
     *
     * @throws IllegalStateException if that transaction takes nothing more; then nothing is called
     */
    void beginAfterCommit() {
        if (!references.opens()) {
            over.set(true);
            answer.error(references.refusal());
            return;
        }
        try {
            references.tell(this::tryAgain, this::end, this::abandon);
        } catch (IllegalStateException e) {
            abandon();
            throw e;
        }
    }

    private void tryAgain() {
        if (over.get()) {
            return;
        }
        tries++;
        clientId = references.nextId();
        references.add(clientId, this);
        if (over.get()) { // abandoned meanwhile, who knew nothing of this id
            references.remove(clientId, this);
            return;
        }
        address.ask(this);
    }

    /** Nobody waits for the answer any more. */
    void abandon() {
        if (over.compareAndSet(false, true)) {
            references.closed(clientId, this);
        }
    }

    @Override
    public void requireAccess(ActorType type) {
        type.requireCall(request.sender.caller(), request.action);
    }

    @Override
    public Wanted wanted(ActorType type) {
        if (!type.hasAction(request.action)) {
            throw new ActorException(ActorError.actionNotFound()); // before an actor is created for it
        }
        Sender sender = request.sender;
        return request.target.wanted(sender.caller(), clientId, sender.parameters());
    }

    @Override
    public void send(Relay relay, String id) {
        if (over.get()) {
            return;
        }
        actorId = id;
        Sender sender = request.sender;
        try {
            sender.waiting().requireNot(id);
        } catch (ActorException e) {
            refused(e.error());
            return;
        }
        relay.ask(
                id,
                new Command.CallOnce(
                        clientId,
                        sender.parameters(),
                        sender.caller(),
                        request.action,
                        references.copyForActor(request.arguments),
                        null,
                        sender.waiting(),
                        null));
    }

    @Override
    public void refused(ActorError error) {
        end(error);
    }

    @Override
    public void told(Output.ToOne output) {
        if (output instanceof Output.Reply reply) {
            if (over.compareAndSet(false, true)) {
                references.closed(clientId, this);
                answer.result(reply.result());
            }
        } else if (output instanceof Output.Failed failed) {
            failed(failed.error());
        } // the rest is for those who stay
    }

    private void failed(ActorError error) {
        boolean gone = GONE.contains(error.reason());
        if (gone) {
            address.forget(actorId);
        }
        boolean restarting = error.reason().equals(RESTARTING);
        boolean again = gone && request.target.name().id() == null || restarting;
        if (!again || tries >= MAX_TRIES || over.get()) {
            end(error);
            return;
        }
        references.remove(clientId, this);
        if (restarting) { // the instance takes a moment to leave
            references.later(System.nanoTime() + (FIRST_PAUSE_NANOS << tries - 1), this::tryAgain);
        } else {
            tryAgain();
        }
    }

    private void end(ActorError error) {
        if (over.compareAndSet(false, true)) {
            references.closed(clientId, this);
            answer.error(error);
        }
    }

    @Override
    public void heard(Output.Event event) {
        // it has subscribed to nothing
    }

    @Override
    public void over(ActorError error) {
        end(error);
    }
}
