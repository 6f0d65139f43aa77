package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Somebody who answers calls and sends events.
 *
 * @param address of the connection with that number
 * @param call the frame that is answered by one message
 * @param subscription the frame that asks for events, or null if all get them
 * @param greets whether a connection begins with a message of the peer
 * @param answer what an answer looks like
 * @param manners what else it says
 */
record Peer(
        IntFunction<Line.Address> address,
        ByteBuf call,
        ByteBuf subscription,
        boolean greets,
        Mark answer,
        Manners manners) {

    Peer(IntFunction<Line.Address> address, ByteBuf call, ByteBuf subscription, boolean greets, Mark answer) {
        this(address, call, subscription, greets, answer, Manners.NONE);
    }

    /** A byte that tells an answer from an error. */
    record Mark(int offset, int value) {

        static final Mark ANY = new Mark(-1, 0);

        boolean isIn(ByteBuf payload, int index, int length) {
            return offset < 0 || length > offset && payload.getByte(index + offset) == value;
        }
    }

    private static final int PORTS_OF_ONE = 15_000;
    private static final Mark JSON_RESPONSE = new Mark("{\"body\":{\"tag\":\"".length(), 'A');
    private static final Mark BARE_RESPONSE = new Mark(2, 2);

    /** The raw echo endpoint. */
    static Peer rawEcho(Host host, ByteBuf frame) {
        return plain(host, "/bench/echo", frame);
    }

    /** The same asked by a client that says as much as one of an actor, which a server keeps. */
    static Peer rawSaidAsMuch(Host host, String key) {
        Line.Address address =
                new Line.Address(host.name(), host.port(), "/bench/echo" + query(key), protocols("json"));
        return new Peer(i -> address, Frames.text(""), null, false, Mark.ANY);
    }

    private static String protocols(String encoding) {
        return "rivet, rivet_encoding." + encoding;
    }

    /** WebSockets without a protocol of their own. */
    static Peer plain(Host host, String path, ByteBuf frame) {
        return new Peer(i -> new Line.Address(host.name(), host.port(), path, null), frame, null, false, Mark.ANY);
    }

    /** An actor for all connections. */
    static Peer json(Host host, String actor, String key, String action, String argument) {
        return json(host, actor, i -> key, action, argument);
    }

    static Peer json(Host host, String actor, IntFunction<String> key, String action, String argument) {
        return new Peer(
                i -> address(host, actor, key.apply(i), "json"),
                Frames.text(Frames.jsonCall(action, argument)),
                Frames.text(Frames.jsonSubscription("said")),
                true,
                JSON_RESPONSE);
    }

    static Peer bare(Host host, String actor, IntFunction<String> key, String action, String text) {
        return new Peer(
                i -> address(host, actor, key.apply(i), "bare"),
                Frames.binary(Frames.bareCall(action, text)),
                Frames.binary(Frames.bareSubscription("said")),
                true,
                BARE_RESPONSE);
    }

    /** The same with connections of several loopback addresses, as one has ports for some 28,000. */
    Peer fromManyAddresses() {
        return new Peer(i -> address.apply(i).from(i / PORTS_OF_ONE), call, subscription, greets, answer, manners);
    }

    /** Low-level WebSockets of an actor. */
    static Peer lowLevel(Host host, String actor, String key, String path, ByteBuf frame) {
        String address = "/gateway/" + actor + "/websocket" + path + query(key);
        return new Peer(
                i -> new Line.Address(host.name(), host.port(), address, "rivet"), frame, null, false, Mark.ANY);
    }

    private static Line.Address address(Host host, String actor, String key, String encoding) {
        return new Line.Address(
                host.name(), host.port(), "/gateway/" + actor + "/connect" + query(key), protocols(encoding));
    }

    static String query(String key) {
        return "?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                + URLEncoder.encode(key, StandardCharsets.UTF_8);
    }
}
