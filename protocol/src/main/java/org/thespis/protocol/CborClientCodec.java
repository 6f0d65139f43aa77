package org.thespis.protocol;

import java.util.List;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;

/** CBOR in binary frames, as a client writes and reads it: marks are read, but not written. */
final class CborClientCodec implements ClientCodec {

    @Override
    public String name() {
        return WireCodec.CBOR.name();
    }

    @Override
    public String contentType() {
        return WireCodec.CBOR.contentType();
    }

    @Override
    public Frame encode(ClientMessage message) {
        Bytes out = new Bytes();
        CborWriter cbor = new CborWriter(out, false);
        cbor.startMap(1);
        cbor.text("body");
        cbor.startMap(2);
        cbor.text("tag");
        if (message instanceof ActionRequest request) {
            if (request.key() == null) {
                CborWireCodec.startValue(cbor, "ActionRequest", 3);
            } else {
                CborWireCodec.startValue(cbor, Envelopes.KEYED_ACTION_REQUEST, 4);
                CborWireCodec.member(cbor, "key", request.key());
            }
            cbor.text("id");
            cbor.id(request.id());
            CborWireCodec.member(cbor, "name", request.name());
            CborWireCodec.member(cbor, "args", request.arguments());
        } else if (message instanceof SubscriptionRequest request) {
            CborWireCodec.startValue(cbor, "SubscriptionRequest", 2);
            CborWireCodec.member(cbor, "eventName", request.eventName());
            CborWireCodec.member(cbor, "subscribe", (Object) request.subscribe());
        } else if (message instanceof ClientMessage.Token fresh) {
            CborWireCodec.startValue(cbor, Envelopes.TOKEN, 1);
            CborWireCodec.member(cbor, "token", fresh.token());
        }
        return new Frame.Binary(out.toBuffer());
    }

    @Override
    public byte[] encodeArguments(List<Object> arguments) {
        Bytes out = new Bytes();
        CborWriter cbor = new CborWriter(out, false);
        cbor.startMap(1);
        CborWireCodec.member(cbor, "args", arguments);
        return out.toArray();
    }

    @Override
    public ServerMessage decode(String text, ReadLimits limits) throws MalformedMessageException {
        throw new MalformedMessageException("a text frame in a binary encoding");
    }

    @Override
    public ServerMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.serverMessage(CborReader.read(bytes, true, limits));
    }

    @Override
    public Object decodeOutput(byte[] body, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.output(CborReader.read(body, true, limits));
    }

    @Override
    public ErrorDetail decodeError(byte[] body, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.error(CborReader.read(body, true, limits));
    }
}
