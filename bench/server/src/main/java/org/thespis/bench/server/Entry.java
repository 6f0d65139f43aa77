package org.thespis.bench.server;

/** What grows: three fields, some 70 bytes as JSON. */
public record Entry(String from, String text, long at) {

    static Entry of(int number) {
        return new Entry("somebody", "what somebody says " + number, 1_700_000_000_000L + number);
    }
}
