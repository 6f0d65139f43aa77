package org.thespis.protocol;

import java.util.List;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;

/** BARE in binary frames, as a client writes and reads it. */
final class BareClientCodec implements ClientCodec {

    @Override
    public String name() {
        return WireCodec.BARE.name();
    }

    @Override
    public String contentType() {
        return WireCodec.BARE.contentType();
    }

    @Override
    public Frame encode(ClientMessage message) {
        Bytes out = BareWireCodec.start();
        if (message instanceof ActionRequest request) {
            if (request.key() == null) {
                out.u8(BareWireCodec.ACTION_REQUEST);
            } else {
                out.u8(BareWireCodec.KEYED_ACTION_REQUEST);
                BareWireCodec.text(out, request.key());
            }
            BareWireCodec.uint(out, request.id());
            BareWireCodec.text(out, request.name());
            BareWireCodec.data(out, request.arguments());
        } else if (message instanceof SubscriptionRequest request) {
            out.u8(BareWireCodec.SUBSCRIPTION_REQUEST);
            BareWireCodec.text(out, request.eventName());
            out.u8(request.subscribe() ? 1 : 0);
        } else if (message instanceof ClientMessage.Token fresh) {
            out.u8(BareWireCodec.TOKEN);
            BareWireCodec.text(out, fresh.token());
        }
        return new Frame.Binary(out.toBuffer());
    }

    @Override
    public byte[] encodeArguments(List<Object> arguments) {
        Bytes out = BareWireCodec.start();
        BareWireCodec.data(out, arguments);
        return out.toArray();
    }

    @Override
    public ServerMessage decode(String text, ReadLimits limits) throws MalformedMessageException {
        throw new MalformedMessageException("a text frame in a binary encoding");
    }

    @Override
    public ServerMessage decode(byte[] bytes, ReadLimits limits) throws MalformedMessageException {
        BareReader in = versioned(bytes);
        ServerMessage message =
                switch (in.u8()) {
                    case BareWireCodec.INIT -> new Init(in.text(), in.text());
                    case BareWireCodec.TOKEN_ENDS -> new ServerMessage.TokenEnds(in.uint());
                    case BareWireCodec.ERROR -> failure(in, limits);
                    case BareWireCodec.ACTION_RESPONSE -> new ActionResponse(in.uint(), in.cbor(limits));
                    case BareWireCodec.EVENT -> new Event(in.text(), Envelopes.list(in.cbor(limits)));
                    default -> throw new MalformedMessageException("unknown tag");
                };
        in.end();
        return message;
    }

    private static BareReader versioned(byte[] bytes) throws MalformedMessageException {
        BareReader in = new BareReader(bytes);
        if ((in.u8() | in.u8() << 8) != BareWireCodec.VERSION) {
            throw new MalformedMessageException("unknown version of the protocol");
        }
        return in;
    }

    private static Failure failure(BareReader in, ReadLimits limits) throws MalformedMessageException {
        String group = in.text();
        String code = in.text();
        String message = in.text();
        Object metadata = in.bool() ? in.cbor(limits) : null;
        Long actionId = in.bool() ? (Long) in.uint() : null;
        return new Failure(new ErrorDetail(group, code, message, metadata, actor(in)), actionId);
    }

    private static ActorSpecifier actor(BareReader in) throws MalformedMessageException {
        return in.bool() ? new ActorSpecifier(in.text(), in.uint(), in.bool() ? in.text() : null) : null;
    }

    @Override
    public Object decodeOutput(byte[] body, ReadLimits limits) throws MalformedMessageException {
        BareReader in = versioned(body);
        Object output = in.cbor(limits);
        in.end();
        return output;
    }

    @Override
    public ErrorDetail decodeError(byte[] body, ReadLimits limits) throws MalformedMessageException {
        BareReader in = versioned(body);
        String group = in.text();
        String code = in.text();
        String message = in.text();
        Object metadata = in.bool() ? in.cbor(limits) : null;
        ErrorDetail error = new ErrorDetail(group, code, message, metadata, actor(in));
        in.end();
        return error;
    }
}
