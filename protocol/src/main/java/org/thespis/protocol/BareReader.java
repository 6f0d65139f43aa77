package org.thespis.protocol;

/** Reads the parts of BARE that the protocol uses. */
final class BareReader {

    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] in;
    private int at;

    BareReader(byte[] in) {
        this.in = in;
    }

    int u8() throws MalformedMessageException {
        if (at >= in.length) {
            throw new MalformedMessageException("truncated");
        }
        return in[at++] & 0xff;
    }

    /** Unsigned, LEB128. */
    long uint() throws MalformedMessageException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int b = u8();
            if (i == MAX_VARINT_BYTES - 1 && b > 1) {
                break;
            }
            value |= (long) (b & 0x7f) << 7 * i;
            if (b < 0x80) {
                return value;
            }
        }
        throw new MalformedMessageException("a number beyond 64 bits");
    }

    boolean bool() throws MalformedMessageException {
        int b = u8();
        if (b > 1) {
            throw new MalformedMessageException("a boolean that is neither 0 nor 1");
        }
        return b == 1;
    }

    String text() throws MalformedMessageException {
        int length = length();
        at += length;
        return Bytes.text(in, at - length, length);
    }

    /** Reads data that holds CBOR. */
    Object cbor(ReadLimits limits) throws MalformedMessageException {
        int length = length();
        at += length;
        return CborReader.read(in, at - length, at, true, limits);
    }

    private int length() throws MalformedMessageException {
        long length = uint();
        if (length < 0 || length > in.length - at) {
            throw new MalformedMessageException("truncated");
        }
        return (int) length;
    }

    void end() throws MalformedMessageException {
        if (at != in.length) {
            throw new MalformedMessageException("bytes behind the message");
        }
    }
}
