package org.thespis.protocol;

import java.util.List;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;
import org.thespis.protocol.ServerMessage.TokenEnds;

/** JSON in text frames; binary frames with JSON are read too. */
final class JsonWireCodec implements WireCodec {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public ClientMessage decode(String text, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.message(JsonValueReader.read(text, limits));
    }

    @Override
    public ClientMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException {
        return decode(Bytes.text(bytes), limits);
    }

    @Override
    public List<Object> decodeArguments(byte[] body, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.arguments(JsonValueReader.read(Bytes.text(body), limits));
    }

    @Override
    public Frame encode(ServerMessage message) {
        Bytes out = new Bytes();
        JsonValueWriter json = new JsonValueWriter(out);
        out.ascii("{\"body\":{\"tag\":\"");
        if (message instanceof Event event) {
            out.ascii("Event\",\"val\":{\"args\":");
            json.value(event.arguments());
            out.ascii(",\"name\":");
            json.text(event.name());
        } else if (message instanceof ActionResponse response) {
            out.ascii("ActionResponse\",\"val\":{\"id\":");
            id(out, response.id());
            out.ascii(",\"output\":");
            json.value(response.output());
        } else if (message instanceof Failure failure) {
            out.ascii("Error\",\"val\":{\"actionId\":");
            if (failure.actionId() == null) {
                out.ascii("null");
            } else {
                id(out, failure.actionId());
            }
            out.u8(',');
            error(out, json, failure.error());
        } else if (message instanceof TokenEnds ends) {
            out.ascii(Envelopes.TOKEN_ENDS + "\",\"val\":{\"inMillis\":" + ends.inMillis());
        } else if (message instanceof Init init) {
            out.ascii("Init\",\"val\":{\"actorId\":");
            json.text(init.actorId());
            out.ascii(",\"connectionId\":");
            json.text(init.connectionId());
        }
        out.ascii("}}}");
        return new Frame.Text(out.utf8Text(), out.size());
    }

    static void id(Bytes out, long id) {
        out.ascii("[\"$BigInt\",\"");
        out.ascii(Long.toUnsignedString(id));
        out.ascii("\"]");
    }

    private static void error(Bytes out, JsonValueWriter json, ErrorDetail error) {
        ActorSpecifier actor = error.actor();
        if (actor != null) { // absent, never null: the client checks
            out.ascii("\"actor\":{\"actorId\":");
            json.text(actor.actorId());
            out.ascii(",\"generation\":" + actor.generation() + ",\"key\":");
            json.text(actor.key());
            out.ascii("},");
        }
        out.ascii("\"code\":");
        json.text(error.code());
        out.ascii(",\"group\":");
        json.text(error.group());
        out.ascii(",\"message\":");
        json.text(error.message());
        if (error.metadata() != null) {
            out.ascii(",\"metadata\":");
            json.value(error.metadata());
        }
    }

    @Override
    public byte[] encodeOutput(Object output) {
        Bytes out = new Bytes();
        out.ascii("{\"output\":");
        new JsonValueWriter(out).value(output);
        out.u8('}');
        return out.toArray();
    }

    @Override
    public byte[] encodeError(ErrorDetail error) {
        Bytes out = new Bytes();
        out.u8('{');
        error(out, new JsonValueWriter(out), error);
        out.u8('}');
        return out.toArray();
    }
}
