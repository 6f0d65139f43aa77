package org.thespis.gateway;

import org.thespis.protocol.Frame;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/**
 * An event on its way to many clients: encoded once for each encoding in use. Clients whose encoding cannot carry it get an
 * error in its place. Used by one thread at a time.
 */
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
            return json == null ? json = encode(codec) : json;
        }
        if (codec == WireCodec.CBOR) {
            return cbor == null ? cbor = encode(codec) : cbor;
        }
        return bare == null ? bare = encode(codec) : bare;
    }

    private Frame encode(WireCodec codec) {
        try {
            return codec.encode(message);
        } catch (UnencodableException e) {
            return codec.encode(
                    new ServerMessage.Failure(Errors.detail(ActorError.unencodable(e.getMessage()), null), null));
        }
    }
}
