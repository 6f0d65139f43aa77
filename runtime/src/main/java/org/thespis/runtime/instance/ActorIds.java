package org.thespis.runtime.instance;

import java.util.UUID;

/** Makes ids of actors: UUIDs of version 7 (RFC 9562, section 5.7), so that new actors lie side by side in the indexes of a database. */
public final class ActorIds {

    private static final int MILLIS_SHIFT = 16;
    private static final long VERSION = 0x7000;
    private static final long RANDOM_A = 0xfff;

    private ActorIds() {}

    public static String next() {
        UUID random = UUID.randomUUID();
        long high = System.currentTimeMillis() << MILLIS_SHIFT | VERSION | random.getMostSignificantBits() & RANDOM_A;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
