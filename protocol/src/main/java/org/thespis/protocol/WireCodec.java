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
    ClientMessage decode(String text) throws MalformedMessageException;

    /** Reads a binary message of a connection. */
    ClientMessage decode(byte[] bytes) throws MalformedMessageException;

    Frame encode(ServerMessage message);

    /** Reads the body of a stateless action: its arguments. */
    List<Object> decodeArguments(byte[] body) throws MalformedMessageException;

    /** Writes the body that answers a stateless action. */
    byte[] encodeOutput(Object output);

    /** Writes the body of an error over HTTP. */
    byte[] encodeError(ErrorDetail error);
}
