package org.thespis.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Undefined;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.turn.Dispatcher;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;
import org.thespis.runtime.turn.Time;
import org.thespis.runtime.turn.Turn;

/** A call that comes just as its instance ends. */
class EndingCallsTest {

    @Actor("a")
    static class Some {
        @Action
        void act() {}
    }

    private final List<Output> told = new ArrayList<>();
    private final Services services = new Services(
            Values.create(),
            new Verification(Verification.Policy.NEVER),
            new Dispatcher(Runnable::run),
            ActorSettings.defaults(),
            told::add,
            Time.ofMachine());
    private Calls calls;

    /** The instance ends, and closes its mailbox, while a call is on its way into that. */
    private Mailbox.Offer endsMeanwhile() {
        Turn last = new Turn(null);
        calls.abandon(last, ActorError.gone(), ActorError.restarting());
        told.addAll(last.outputs());
        return Mailbox.Offer.CLOSED;
    }

    @Test
    void whoWasAnsweredByTheEndingInstanceIsNotBroughtToTheNextOne() {
        org.thespis.api.ActorContext context = (org.thespis.api.ActorContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {org.thespis.api.ActorContext.class},
                (p, method, a) -> method.getName().equals("key") ? org.thespis.api.ActorKey.of("k") : "id");
        ActorDefinition declared = ActorDefinition.of(Some.class);
        Author author = new Author(() -> declared, services, null, context);
        Calls.Actor actor = (Calls.Actor) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Calls.Actor.class}, (p, m, a) -> switch (m.getName()) {
                    case "services" -> services;
                    case "author" -> author;
                    case "offer" -> endsMeanwhile();
                    default -> throw new IllegalStateException(m.getName());
                });
        calls = new Calls(actor);
        boolean taken =
                calls.deliver(new Command.CallOnce("c", Undefined.UNDEFINED, Caller.ANONYMOUS, "act", List.of(), null));
        assertThat(told).hasSize(1);
        assertThat(taken)
                .as("it was answered: it must not go to the next instance")
                .isTrue();
    }
}
