package org.thespis.protocol;

/**
 * How much memory the values of one message may take. What they take is estimated while they are read, so a message that
 * would become too large is given up before it has.
 *
 * @param baseBytes what any message may take, however short it is
 * @param bytesPerByte what each byte, or character, of the message adds to that
 */
public record ReadLimits(int baseBytes, int bytesPerByte) {

    /** Room for any message of usual size, and for large ones that are not made of empty lists and objects. */
    public static final ReadLimits DEFAULT = new ReadLimits(1 << 20, 12);

    public ReadLimits {
        if (baseBytes < 0 || bytesPerByte < 1) {
            throw new IllegalArgumentException("limits of reading are positive");
        }
    }

    /** Bytes that the values of a message of this size may take. */
    long bytes(int messageSize) {
        return baseBytes + (long) bytesPerByte * messageSize;
    }
}
