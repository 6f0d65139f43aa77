package org.thespis.protocol;

import java.util.List;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;
import org.thespis.protocol.ServerMessage.TokenEnds;

/** CBOR in binary frames. Lopsided as the clients are: marks are written, but not read. */
final class CborWireCodec implements WireCodec {

    @Override
    public String name() {
        return "cbor";
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public ClientMessage decode(String text, ReadLimits limits) throws MalformedMessageException {
        throw new MalformedMessageException("a text frame in a binary encoding");
    }

    @Override
    public ClientMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.message(CborReader.read(bytes, false, limits));
    }

    @Override
    public List<Object> decodeArguments(byte[] body, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.arguments(CborReader.read(body, false, limits));
    }

    @Override
    public Frame encode(ServerMessage message) {
        Bytes out = new Bytes();
        CborWriter cbor = new CborWriter(out);
        cbor.startMap(1);
        cbor.text("body");
        cbor.startMap(2);
        cbor.text("tag");
        if (message instanceof Event event) {
            startValue(cbor, "Event", 2);
            member(cbor, "name", event.name());
            member(cbor, "args", event.arguments());
        } else if (message instanceof ActionResponse response) {
            startValue(cbor, "ActionResponse", 2);
            cbor.text("id");
            cbor.id(response.id());
            member(cbor, "output", response.output());
        } else if (message instanceof Failure failure) {
            startValue(cbor, "Error", errorSize(failure.error()) + 1);
            error(cbor, failure.error());
            cbor.text("actionId");
            if (failure.actionId() == null) {
                cbor.value(null);
            } else {
                cbor.id(failure.actionId());
            }
        } else if (message instanceof TokenEnds ends) {
            startValue(cbor, Envelopes.TOKEN_ENDS, 1);
            cbor.text("inMillis");
            cbor.id(ends.inMillis());
        } else if (message instanceof Init init) {
            startValue(cbor, "Init", 2);
            member(cbor, "actorId", init.actorId());
            member(cbor, "connectionId", init.connectionId());
        }
        return new Frame.Binary(out.toBuffer());
    }

    static void startValue(CborWriter cbor, String tag, int size) {
        cbor.text(tag);
        cbor.text("val");
        cbor.startMap(size);
    }

    static void member(CborWriter cbor, String name, Object value) {
        cbor.text(name);
        cbor.value(value);
    }

    static void member(CborWriter cbor, String name, String text) {
        cbor.text(name);
        cbor.text(text);
    }

    private static int errorSize(ErrorDetail error) {
        return 3 + (error.metadata() == null ? 0 : 1) + (error.actor() == null ? 0 : 1);
    }

    private static void error(CborWriter cbor, ErrorDetail error) {
        member(cbor, "group", error.group());
        member(cbor, "code", error.code());
        member(cbor, "message", error.message());
        if (error.metadata() != null) {
            member(cbor, "metadata", error.metadata());
        }
        ActorSpecifier actor = error.actor();
        if (actor != null) {
            cbor.text("actor");
            cbor.startMap(3);
            member(cbor, "actorId", actor.actorId());
            cbor.text("generation");
            cbor.id(actor.generation());
            member(cbor, "key", actor.key());
        }
    }

    @Override
    public byte[] encodeOutput(Object output) {
        Bytes out = new Bytes();
        CborWriter cbor = new CborWriter(out);
        cbor.startMap(1);
        member(cbor, "output", output);
        return out.toArray();
    }

    @Override
    public byte[] encodeError(ErrorDetail error) {
        Bytes out = new Bytes();
        CborWriter cbor = new CborWriter(out);
        cbor.startMap(errorSize(error));
        error(cbor, error);
        return out.toArray();
    }
}
