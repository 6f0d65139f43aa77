package org.thespis.host.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thespis.api.ActorContext;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.declaration.ActorBeans.ActorBean;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.document.FormatOneState;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** The actors of older documents on a store, as a server runs them; its time passes by {@link #tick}. */
final class OneNode implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Map<String, CompletableFuture<Output>> asked = new ConcurrentHashMap<>();
    private final ActorSystem system;
    private final LocalRelay relay;
    private int clients;

    OneNode(StateStore store) {
        List<ActorDefinition> definitions = Stream.of(FormatOneState.class, OlderActor.class)
                .map(ActorDefinition::of)
                .toList();
        system = new ActorSystem(definitions, OneNode::bean, store, pool, pool, pool, ActorSettings.defaults());
        relay = new LocalRelay(system);
        relay.connect(this::answered);
    }

    private static ActorBean bean(ActorDefinition definition, ActorContext context) {
        Object instance;
        if (definition.type() == OlderActor.class) {
            OlderActor older = new OlderActor();
            older.actor = context;
            instance = older;
        } else {
            instance = new FormatOneState();
        }
        return new ActorBean() {
            @Override
            public Object instance() {
                return instance;
            }

            @Override
            public Object enter() {
                return null;
            }

            @Override
            public void leave(Object entered) {
                // no scope here
            }

            @Override
            public void destroy() {
                // nothing is held
            }
        };
    }

    private void answered(Output output) {
        if (output instanceof Output.Reply reply) {
            asked.get(reply.clientId()).complete(reply);
        } else if (output instanceof Output.Failed failed) {
            asked.get(failed.clientId()).complete(failed);
        }
    }

    /** What an action returns. */
    Object call(String actorId, String action, Object... arguments) {
        Output output = once(null, actorId, action, arguments);
        if (output instanceof Output.Reply reply) {
            return reply.result();
        }
        throw new AssertionError(output);
    }

    /** What a call with that key is answered; null for none. */
    Output once(String key, String actorId, String action, Object... arguments) {
        String client = "client-" + ++clients;
        CompletableFuture<Output> answer = new CompletableFuture<>();
        asked.put(client, answer);
        relay.ask(
                actorId,
                new Command.CallOnce(
                        client, Undefined.UNDEFINED, Caller.ANONYMOUS, action, Arrays.asList(arguments), key));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(action + " was not answered", e);
        }
    }

    LocalRelay relay() {
        return relay;
    }

    void tick() {
        system.tick();
    }

    @Override
    public void close() {
        system.stop(java.time.Duration.ofSeconds(PATIENCE_SECONDS));
        pool.shutdownNow();
    }
}
