package org.thespis.client;

/**
 * How much a client holds at most.
 *
 * @param calls calls of one connection, and stateless calls of the client, that have no answer yet; 10,000 by default. One
 *     more fails with {@code client.too_many_calls}
 * @param callBytes bytes of the calls of one connection that have no answer yet; 8 MiB by default. One more fails with {@code
 *     client.too_many_calls}
 * @param waitingEvents events that wait for one listener; 1,000 by default. One more ends its subscription with {@code
 *     connection.too_slow}
 * @param waitingEventBytes bytes of the events of one connection that wait for listeners; 16 MiB by default. More ends the
 *     subscription that it is for in the same way
 * @param messageBytes a message of the server, or the body of an answer; 8 MiB by default. A longer one ends the line, or
 *     fails the call with {@code client.answer_too_long}
 * @param threads threads for callbacks, suppliers and the opening of connections; 8 by default. Not more than half of them
 *     open connections at a time
 */
public record ClientBounds(
        int calls, int callBytes, int waitingEvents, int waitingEventBytes, int messageBytes, int threads) {

    private static final int FEWEST_THREADS = 2;

    public static final ClientBounds DEFAULT = new ClientBounds(10_000, 8 << 20, 1_000, 16 << 20, 8 << 20, 8);

    /** @throws IllegalArgumentException if a bound is too small */
    public ClientBounds {
        check("calls", calls, 1);
        check("callBytes", callBytes, 1);
        check("waitingEvents", waitingEvents, 1);
        check("waitingEventBytes", waitingEventBytes, 1);
        check("messageBytes", messageBytes, 1);
        check("threads", threads, FEWEST_THREADS);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
    }

    /** The same with other bounds for events. */
    public ClientBounds withWaitingEvents(int events, int bytes) {
        return new ClientBounds(calls, callBytes, events, bytes, messageBytes, threads);
    }

    /** The same with other bounds for calls. */
    public ClientBounds withCalls(int otherCalls, int bytes) {
        return new ClientBounds(otherCalls, bytes, waitingEvents, waitingEventBytes, messageBytes, threads);
    }
}
