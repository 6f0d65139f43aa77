package org.thespis.protocol;

import java.util.List;
import java.util.Optional;

/** One encoding of the protocol. Stateless; any thread. */
public interface WireCodec {

    WireCodec JSON = new JsonWireCodec();
    WireCodec CBOR = new CborWireCodec();
    WireCodec BARE = new BareWireCodec();

    /** The codec of the name that clients use: {@code json}, {@code cbor} or {@code bare}. */
    static Optional<WireCodec> of(String name) {
        return switch (name) {
            case "json" -> Optional.of(JSON);
            case "cbor" -> Optional.of(CBOR);
            case "bare" -> Optional.of(BARE);
            default -> Optional.empty();
        };
    }

    /** The name of the encoding. */
    String name();

    /** The media type of HTTP bodies. */
    String contentType();

    /** Reads a text message of a connection. */
    ClientMessage decode(String text, ReadLimits limits) throws MalformedMessageException;

    /** Reads a binary message of a connection. */
    ClientMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException;

    /** Reads the body of a stateless action: its arguments. */
    List<Object> decodeArguments(byte[] body, ReadLimits limits) throws MalformedMessageException;

    /** Reads a text message within the default limits. */
    default ClientMessage decode(String text) throws MalformedMessageException {
        return decode(text, ReadLimits.DEFAULT);
    }

    /** Reads a binary message within the default limits. */
    default ClientMessage decode(byte[] bytes) throws MalformedMessageException {
        return decode(bytes, ReadLimits.DEFAULT);
    }

    /** Reads the body of a stateless action within the default limits. */
    default List<Object> decodeArguments(byte[] body) throws MalformedMessageException {
        return decodeArguments(body, ReadLimits.DEFAULT);
    }

    /**
     * Writes a message of a connection.
     *
     * @throws UnencodableException if a value is no plain one, nested too deep, out of range, too large, or text that the
     *     encoding cannot carry; nothing else is thrown, and nothing half written is left
     */
    Frame encode(ServerMessage message);

    /**
     * Writes the body that answers a stateless action.
     *
     * @throws UnencodableException as {@link #encode}
     */
    byte[] encodeOutput(Object output);

    /**
     * Writes the body of an error over HTTP.
     *
     * @throws UnencodableException as {@link #encode}
     */
    byte[] encodeError(ErrorDetail error);
}
