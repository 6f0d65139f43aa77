package org.thespis.protocol;

import java.util.List;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;

/** JSON in text frames, as a client writes and reads it. */
final class JsonClientCodec implements ClientCodec {

    @Override
    public String name() {
        return WireCodec.JSON.name();
    }

    @Override
    public String contentType() {
        return WireCodec.JSON.contentType();
    }

    @Override
    public Frame encode(ClientMessage message) {
        Bytes out = new Bytes();
        JsonValueWriter json = new JsonValueWriter(out);
        out.ascii("{\"body\":{\"tag\":\"");
        if (message instanceof ActionRequest request) {
            if (request.key() == null) {
                out.ascii("ActionRequest\",\"val\":{\"id\":");
            } else {
                out.ascii(Envelopes.KEYED_ACTION_REQUEST + "\",\"val\":{\"key\":");
                json.text(request.key());
                out.ascii(",\"id\":");
            }
            JsonWireCodec.id(out, request.id());
            out.ascii(",\"name\":");
            json.text(request.name());
            out.ascii(",\"args\":");
            json.value(request.arguments());
        } else if (message instanceof SubscriptionRequest request) {
            out.ascii("SubscriptionRequest\",\"val\":{\"eventName\":");
            json.text(request.eventName());
            out.ascii(",\"subscribe\":");
            json.value(request.subscribe());
        } else if (message instanceof ClientMessage.Token fresh) {
            out.ascii(Envelopes.TOKEN + "\",\"val\":{\"token\":");
            json.text(fresh.token());
        }
        out.ascii("}}}");
        return new Frame.Text(out.utf8Text(), out.size());
    }

    @Override
    public byte[] encodeArguments(List<Object> arguments) {
        Bytes out = new Bytes();
        out.ascii("{\"args\":");
        new JsonValueWriter(out).value(arguments);
        out.u8('}');
        return out.toArray();
    }

    @Override
    public ServerMessage decode(String text, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.serverMessage(JsonValueReader.read(text, limits));
    }

    @Override
    public ServerMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException {
        return decode(Bytes.text(bytes), limits);
    }

    @Override
    public Object decodeOutput(byte[] body, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.output(JsonValueReader.read(Bytes.text(body), limits));
    }

    @Override
    public ErrorDetail decodeError(byte[] body, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.error(JsonValueReader.read(Bytes.text(body), limits));
    }
}
