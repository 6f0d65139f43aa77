package org.thespis.protocol;

import java.util.List;

/** One encoding of the protocol as clients need it: the other side of {@link WireCodec}. Stateless; any thread. */
public interface ClientCodec {

    ClientCodec JSON = new JsonClientCodec();
    ClientCodec CBOR = new CborClientCodec();
    ClientCodec BARE = new BareClientCodec();

    /** The name of the encoding. */
    String name();

    /** The media type of HTTP bodies. */
    String contentType();

    /**
     * Writes a message of a connection.
     *
     * @throws UnencodableException if a value is no plain one, nested too deep, out of range, too large, or text that the
     *     encoding cannot carry; nothing else is thrown, and nothing half written is left
     */
    Frame encode(ClientMessage message);

    /**
     * Writes the body of a stateless action.
     *
     * @throws UnencodableException as {@link #encode}
     */
    byte[] encodeArguments(List<Object> arguments);

    /** Reads a text message of a connection. */
    ServerMessage decode(String text, ReadLimits limits) throws MalformedMessageException;

    /** Reads a binary message of a connection. */
    ServerMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException;

    /** Reads what a stateless action was answered. */
    Object decodeOutput(byte[] body, ReadLimits limits) throws MalformedMessageException;

    /** Reads the error that a stateless action was answered. */
    ErrorDetail decodeError(byte[] body, ReadLimits limits) throws MalformedMessageException;
}
