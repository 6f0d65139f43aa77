package org.thespis.protocol;

/** A value cannot be carried by an encoding, such as a lone surrogate by CBOR or BARE, or one nested too deep by any. */
public final class UnencodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnencodableException(String message) {
        super(message);
    }
}
