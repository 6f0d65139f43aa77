package org.thespis.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.Durability;
import org.thespis.api.Undefined;
import org.thespis.gateway.admission.Allowance;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.GatewaySettings.Access;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.gateway.admission.GatewaySettings.Deadlines;
import org.thespis.gateway.admission.GatewaySettings.Sizes;
import org.thespis.gateway.admission.Management;
import org.thespis.gateway.admission.Place;
import org.thespis.gateway.admission.Quotas;
import org.thespis.gateway.token.TokenSettings;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

/** All that is ours of one call, from the message that comes to the message that goes: what raw endpoints do not have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CallBenchmark {

    /** Answers with what it was given. */
    @Actor(value = "echo", durability = Durability.NONE)
    public static class Echo {
        @Action
        public String echo(String text) {
            return text;
        }
    }

    private static final int LIMIT = 1_000_000;
    private static final Duration TIME = Duration.ofMinutes(1);
    private static final String JSON_CALL =
            "{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"1\"],\"name\":\"echo\",\"args\":[\"move 17\"]}}}";

    // version 4, ActionRequest, id 1, name, arguments in CBOR
    private static final byte[] BARE_CALL = {
        4, 0, 0, 1, 4, 'e', 'c', 'h', 'o', 9, (byte) 0x81, 0x67, 'm', 'o', 'v', 'e', ' ', '1', '7'
    };

    private ConnectionClient json;
    private ConnectionClient bare;

    private record Bean(Object instance) implements ActorBeans.ActorBean {

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
    }

    private static ActorBeans.ActorBean bean(ActorDefinition definition, ActorContext context) {
        return new Bean(new Echo());
    }

    @Setup
    public void connect() {
        ActorSystem system = new ActorSystem(
                List.of(ActorDefinition.of(Echo.class)),
                CallBenchmark::bean,
                new MemoryStateStore(),
                Runnable::run,
                Runnable::run,
                Runnable::run,
                ActorSettings.defaults());
        LocalRelay relay = new LocalRelay(system);
        SessionRegistry registry = new SessionRegistry(new FanOut(Runnable::run));
        relay.connect(registry);
        String actor = relay.getOrCreate(Wanted.of("echo", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS))
                .actor()
                .id();
        json = client(relay, registry, actor, WireCodec.JSON);
        bare = client(relay, registry, actor, WireCodec.BARE);
    }

    private static ConnectionClient client(LocalRelay relay, SessionRegistry registry, String actor, WireCodec codec) {
        Allowance all = new Allowance(LIMIT, LIMIT, Integer.MAX_VALUE, LIMIT, Long.MAX_VALUE / 2);
        Allowances allowances = new Allowances(all, all, all, all);
        GatewaySettings settings = new GatewaySettings(
                new Sizes(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT),
                new Deadlines(TIME, TIME, TIME, TIME, TIME.plus(TIME)),
                allowances,
                new Access(List.of(), List.of(), List.of(), Management.CLOSED),
                new TokenSettings(
                        List.of(),
                        Set.of(),
                        Set.of(),
                        TIME,
                        1,
                        1,
                        "",
                        "",
                        List.of(),
                        List.of(),
                        "",
                        Set.of(),
                        TIME,
                        TIME,
                        TIME.plus(TIME)),
                "",
                "");
        Place place = new Quotas(allowances).of("address", Caller.ANONYMOUS).connect();
        SocketLine line =
                new SocketLine(ReadySession.open(), new Outbound(ReadySession.open(), place, LIMIT, null), place);
        ConnectionClient client =
                new ConnectionClient(line, new Addressee(relay, registry, actor, null), codec, settings, null);
        registry.add(client);
        relay.ask(actor, new Command.Connect(client.id(), Undefined.UNDEFINED, Caller.ANONYMOUS));
        return client;
    }

    @Benchmark
    public void json() {
        json.text(JSON_CALL, JSON_CALL.length());
    }

    @Benchmark
    public void bare() {
        bare.binary(BARE_CALL);
    }
}
