package org.thespis.protocol;

/** Reads and writes single plain values outside of messages: connection parameters and creation input. Any thread. */
public final class PlainCodec {

    private PlainCodec() {}

    /** Reads connection parameters: JSON, marks included. */
    public static Object readJson(String text) throws MalformedMessageException {
        return JsonValueReader.read(text, ReadLimits.DEFAULT);
    }

    /**
     * Writes JSON with marks.
     *
     * @throws UnencodableException as {@link WireCodec#encode}
     */
    public static String writeJson(Object plain) {
        Bytes out = new Bytes();
        new JsonValueWriter(out).value(plain);
        return out.utf8Text();
    }

    /**
     * Writes the input of a creation: CBOR, without marks.
     *
     * @throws UnencodableException as {@link WireCodec#encode}
     */
    public static byte[] writeCbor(Object plain) {
        Bytes out = new Bytes();
        new CborWriter(out, false).value(plain);
        return out.toArray();
    }

    /** Reads the input of a creation: CBOR, without marks. */
    public static Object readCbor(byte[] bytes) throws MalformedMessageException {
        return CborReader.read(bytes, false, ReadLimits.DEFAULT);
    }
}
