package org.thespis.client;

import org.thespis.protocol.ClientCodec;

/** How messages are written on the wire. */
public enum Encoding {

    /** Text that people can read; dates become text. */
    JSON(ClientCodec.JSON),

    /** Binary, with names. */
    CBOR(ClientCodec.CBOR),

    /** Binary, without names: the shortest. */
    BARE(ClientCodec.BARE);

    private final ClientCodec codec;

    Encoding(ClientCodec codec) {
        this.codec = codec;
    }

    ClientCodec codec() {
        return codec;
    }
}
