package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.InsideIds;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Receivers;

/** Each output goes where its clients are. */
class SinksTest {

    private static final String OUT = "client";
    private static final String IN = InsideIds.of("1");

    private final Sinks sinks = new Sinks();
    private final List<String> told = new ArrayList<>();

    private void connect() {
        sinks.gateway(output -> told.add("gateway " + text(output)));
        sinks.inside(output -> told.add("inside " + text(output)));
    }

    private static String text(Output output) {
        return output instanceof Output.Event event
                ? event.name() + event.receivers()
                : ((Output.ToOne) output).clientId();
    }

    @Test
    void whatIsForOneGoesToItsSink() {
        connect();
        sinks.deliver(new Output.Reply(OUT, 1, null));
        sinks.deliver(new Output.Reply(IN, 1, null));
        assertThat(told).containsExactly("gateway " + OUT, "inside " + IN);
    }

    @Test
    void anEventGoesToBothWhereBothListen() {
        connect();
        sinks.deliver(new Output.Event(new Receivers(List.of(OUT, IN)), "e", List.of()));
        sinks.deliver(new Output.Event(List.of(IN), "f", List.of()));
        sinks.deliver(new Output.Event(List.of(OUT), "g", List.of()));
        assertThat(told)
                .containsExactly(
                        "gateway e[" + OUT + ", " + IN + "]",
                        "inside e[" + IN + "]",
                        "inside f[" + IN + "]",
                        "gateway g[" + OUT + "]");
    }

    @Test
    void theOrderOfATurnIsKept() {
        connect();
        Runnable prepared = sinks.prepare(
                List.of(new Output.Reply(IN, 1, null), new Output.Closed(OUT, 1000, null), new Output.Asked(IN)));
        assertThat(told).isEmpty();
        prepared.run();
        assertThat(told).containsExactly("inside " + IN, "gateway " + OUT, "inside " + IN);
    }

    @Test
    void whereNobodyIsConnectedNothingBreaks() {
        sinks.deliver(new Output.Reply(OUT, 1, null));
        sinks.deliver(new Output.Reply(IN, 1, null));
        assertThat(told).isEmpty();
    }
}
