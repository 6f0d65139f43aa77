package org.thespis.gateway;

import org.thespis.protocol.Frame;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.Output;

/** An event on its way to many clients: encoded once for each encoding in use. Used by one thread. */
final class EncodedEvent {

    private final ServerMessage.Event message;
    private Frame json;
    private Frame cbor;
    private Frame bare;

    EncodedEvent(Output.Event event) {
        this.message = new ServerMessage.Event(event.name(), event.arguments());
    }

    Frame frame(WireCodec codec) {
        if (codec == WireCodec.JSON) {
            return json == null ? json = codec.encode(message) : json;
        }
        if (codec == WireCodec.CBOR) {
            return cbor == null ? cbor = codec.encode(message) : cbor;
        }
        return bare == null ? bare = codec.encode(message) : bare;
    }
}
