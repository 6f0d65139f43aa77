package org.thespis.bench;

import io.netty.channel.EventLoopGroup;

/** What a workload runs on. */
record Stage(Server server, EventLoopGroup group, Settings settings, Table table) {

    Host host() {
        return server.host();
    }

    Comparison comparison() {
        return new Comparison(settings, table);
    }
}
