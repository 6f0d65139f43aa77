package org.thespis.client;

import java.time.Duration;

/**
 * How long a client waits for what. They are looked at every tenth of a second.
 *
 * @param supply in which the suppliers of parameters and tokens must have answered, all of one try; 10 seconds by default.
 *     Then their thread is interrupted
 * @param handshake in which a server must be reached, and have answered the upgrade of a connection; 10 seconds by default
 * @param open in which an actor must then have let the connection in; 65 seconds by default, above the server's own time
 * @param call from a call to its answer, the wait for a connection and further tries included; 70 seconds by default, above
 *     the time limit of actions. Then {@code actor.call_timed_out}; the action may run on
 * @param blocking that {@link org.thespis.api.ActorReference#blocking()} waits; 30 seconds by default
 * @param retry in which a stateless call that was not run is tried again; 20 seconds by default
 * @param send in which one message must have been taken by the line; 30 seconds by default
 * @param ping between pings; 20 seconds by default
 * @param silence without a sign of life of the server after which the line is given up; 55 seconds by default
 * @param firstPause before the second try to open a connection, each further one takes twice as long; 250 milliseconds by
 *     default. Of each pause up to a half is left to chance
 * @param longestPause between tries; 30 seconds by default
 */
public record ClientTimes(
        Duration supply,
        Duration handshake,
        Duration open,
        Duration call,
        Duration blocking,
        Duration retry,
        Duration send,
        Duration ping,
        Duration silence,
        Duration firstPause,
        Duration longestPause) {

    private static final Duration LONGEST = Duration.ofDays(365);

    public static final ClientTimes DEFAULT = new ClientTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(65),
            Duration.ofSeconds(70),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(55),
            Duration.ofMillis(250),
            Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if a time is not positive or above a year, or the times of silence and pauses do not fit */
    public ClientTimes {
        check("supply", supply);
        check("handshake", handshake);
        check("open", open);
        check("call", call);
        check("blocking", blocking);
        check("retry", retry);
        check("send", send);
        check("ping", ping);
        check("silence", silence);
        check("firstPause", firstPause);
        check("longestPause", longestPause);
        check("silence must be longer than ping", silence.compareTo(ping) > 0);
        check("longestPause must not be shorter than firstPause", longestPause.compareTo(firstPause) >= 0);
    }

    private static void check(String name, Duration time) {
        check(name + " must be positive, was " + time, time.compareTo(Duration.ZERO) > 0);
        check(name + " must be at most " + LONGEST + ", was " + time, time.compareTo(LONGEST) <= 0);
    }

    private static void check(String rule, boolean kept) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** The same with another time for calls. */
    public ClientTimes withCall(Duration other) {
        return new ClientTimes(
                supply, handshake, open, other, blocking, retry, send, ping, silence, firstPause, longestPause);
    }

    /** The same with other times to open a connection. */
    public ClientTimes withOpening(Duration otherHandshake, Duration otherOpen) {
        return new ClientTimes(
                supply,
                otherHandshake,
                otherOpen,
                call,
                blocking,
                retry,
                send,
                ping,
                silence,
                firstPause,
                longestPause);
    }

    /** The same with other pauses. */
    public ClientTimes withPauses(Duration first, Duration longest) {
        return new ClientTimes(supply, handshake, open, call, blocking, retry, send, ping, silence, first, longest);
    }

    /** The same with another time in which a stateless call is tried again. */
    public ClientTimes withRetry(Duration other) {
        return new ClientTimes(
                supply, handshake, open, call, blocking, other, send, ping, silence, firstPause, longestPause);
    }

    /** The same with other times for lines that are silent. */
    public ClientTimes withSilence(Duration otherPing, Duration otherSilence) {
        return new ClientTimes(
                supply,
                handshake,
                open,
                call,
                blocking,
                retry,
                send,
                otherPing,
                otherSilence,
                firstPause,
                longestPause);
    }
}
