package org.thespis.protocol;

import org.thespis.protocol.value.Bounds;

/**
 * What the readers of all encodings share: bounds of depth and memory, and one copy of short texts that come again and
 * again. Reads one message, in one thread. The sizes are those of a Java heap below 32 GB, in bytes.
 */
abstract class ValueReader {

    /** Room in lists whose number of items is not told. */
    static final int USUAL_ITEMS = 4;

    /** Room in maps whose number of entries is not told. */
    static final int USUAL_ENTRIES = 8;

    static final int LIST_BYTES = 40;
    static final int ITEM_BYTES = 6;
    static final int MAP_BYTES = 72;
    static final int ENTRY_BYTES = 48;
    static final int NUMBER_BYTES = 24;

    private static final int TEXT_BYTES = 48;
    private static final int CHAR_BYTES = 2;
    private static final int BIG_NUMBER_BYTES = 80;
    private static final int INSTANT_BYTES = 24;
    private static final int ARRAY_BYTES = 16;

    /** Numbers that every virtual machine holds anyway. */
    private static final int MAX_FREE_NUMBER = 127;

    private static final int SHORT_TEXT = 16;
    private static final int TEXTS_WITHOUT_SHARING = 256;
    private static final int SHARED_TEXTS = 256;

    private long left;
    private int depth;
    private int texts;
    private String[] shared;

    /** @param messageSize bytes or characters */
    ValueReader(ReadLimits limits, int messageSize) {
        left = limits.bytes(messageSize);
    }

    /** Called before the memory is taken, with numbers that may be a lie of the sender. */
    final void take(long count, int bytesEach) throws MalformedMessageException {
        left -= count * bytesEach; // cannot overflow: no count is above that of the bytes of a message
        if (left < 0) {
            throw new MalformedMessageException("too many values for its size");
        }
    }

    final void enter() throws MalformedMessageException {
        if (++depth > Bounds.MAX_DEPTH) {
            throw new MalformedMessageException("nested deeper than " + Bounds.MAX_DEPTH + " levels");
        }
    }

    final void leave() {
        depth--;
    }

    final Long number(long number) throws MalformedMessageException {
        if (number > MAX_FREE_NUMBER || number < -MAX_FREE_NUMBER) {
            take(1, NUMBER_BYTES);
        }
        return number;
    }

    final Double number(double number) throws MalformedMessageException {
        take(1, NUMBER_BYTES);
        return number;
    }

    final void takeBigNumber() throws MalformedMessageException {
        take(1, BIG_NUMBER_BYTES);
    }

    final void takeInstant() throws MalformedMessageException {
        take(1, INSTANT_BYTES);
    }

    final byte[] bytes(byte[] bytes) throws MalformedMessageException {
        take(1, ARRAY_BYTES + bytes.length);
        return bytes;
    }

    final String text(String text) throws MalformedMessageException {
        int length = text.length();
        if (length <= SHORT_TEXT && ++texts > TEXTS_WITHOUT_SHARING) {
            return shared(text);
        }
        take(1, TEXT_BYTES);
        take(length, CHAR_BYTES);
        return text;
    }

    private String shared(String text) throws MalformedMessageException {
        if (shared == null) {
            shared = new String[SHARED_TEXTS];
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & SHARED_TEXTS - 1;
        if (!text.equals(shared[place])) {
            take(1, TEXT_BYTES + CHAR_BYTES * text.length());
            shared[place] = text;
        }
        return shared[place];
    }
}
