package org.thespis.protocol;

import java.util.List;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;
import org.thespis.protocol.ServerMessage.TokenEnds;

/** BARE in binary frames, behind a version; values are CBOR with marks inside. */
final class BareWireCodec implements WireCodec {

    static final int VERSION = 4;

    static final int ACTION_REQUEST = 0;
    static final int SUBSCRIPTION_REQUEST = 1;

    /** Ours: far from those that the protocol may get. */
    static final int KEYED_ACTION_REQUEST = 64;

    static final int TOKEN = 65;
    static final int TOKEN_ENDS = 64;

    static final int INIT = 0;
    static final int ERROR = 1;
    static final int ACTION_RESPONSE = 2;
    static final int EVENT = 3;

    @Override
    public String name() {
        return "bare";
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
        BareReader in = versioned(bytes);
        ClientMessage message =
                switch (in.u8()) {
                    case ACTION_REQUEST -> new ActionRequest(in.uint(), in.text(), arguments(in, limits));
                    case KEYED_ACTION_REQUEST -> keyed(in, limits);
                    case TOKEN -> new ClientMessage.Token(in.text());
                    case SUBSCRIPTION_REQUEST -> new SubscriptionRequest(in.text(), in.bool());
                    default -> throw new MalformedMessageException("unknown tag");
                };
        in.end();
        return message;
    }

    private static ActionRequest keyed(BareReader in, ReadLimits limits) throws MalformedMessageException {
        String key = in.text();
        return new ActionRequest(in.uint(), in.text(), arguments(in, limits), key);
    }

    @Override
    public List<Object> decodeArguments(byte[] body, ReadLimits limits) throws MalformedMessageException {
        BareReader in = versioned(body);
        List<Object> arguments = arguments(in, limits);
        in.end();
        return arguments;
    }

    private static List<Object> arguments(BareReader in, ReadLimits limits) throws MalformedMessageException {
        return Envelopes.list(in.cbor(limits));
    }

    /** Versions 1 to 3 are the same towards the server. */
    private static BareReader versioned(byte[] bytes) throws MalformedMessageException {
        BareReader in = new BareReader(bytes);
        int version = in.u8() | in.u8() << 8;
        if (version < 1 || version > VERSION) {
            throw new MalformedMessageException("unknown version of the protocol");
        }
        return in;
    }

    @Override
    public Frame encode(ServerMessage message) {
        Bytes out = start();
        if (message instanceof Event event) {
            out.u8(EVENT);
            text(out, event.name());
            data(out, event.arguments());
        } else if (message instanceof ActionResponse response) {
            out.u8(ACTION_RESPONSE);
            uint(out, response.id());
            data(out, response.output());
        } else if (message instanceof Failure failure) {
            out.u8(ERROR);
            error(out, failure.error());
            if (optional(out, failure.actionId())) {
                uint(out, failure.actionId());
            }
            actor(out, failure.error());
        } else if (message instanceof TokenEnds ends) {
            out.u8(TOKEN_ENDS);
            uint(out, ends.inMillis());
        } else if (message instanceof Init init) {
            out.u8(INIT);
            text(out, init.actorId());
            text(out, init.connectionId());
        }
        return new Frame.Binary(out.toBuffer());
    }

    static Bytes start() {
        Bytes out = new Bytes();
        out.u8(VERSION);
        out.u8(0);
        return out;
    }

    private static void error(Bytes out, ErrorDetail error) {
        text(out, error.group());
        text(out, error.code());
        text(out, error.message());
        if (optional(out, error.metadata())) {
            data(out, error.metadata());
        }
    }

    private static void actor(Bytes out, ErrorDetail error) {
        if (optional(out, error.actor())) {
            text(out, error.actor().actorId());
            uint(out, error.actor().generation());
            out.u8(1);
            text(out, error.actor().key());
        }
    }

    private static boolean optional(Bytes out, Object value) {
        out.u8(value == null ? 0 : 1);
        return value != null;
    }

    static void uint(Bytes out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.u8((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.u8((int) rest);
    }

    static void data(Bytes out, Object value) {
        int start = out.startData();
        new CborWriter(out).value(value);
        out.endData(start);
    }

    static void text(Bytes out, String text) {
        if (Bytes.isShort(text)) {
            int size = Bytes.utf8Length(text);
            uint(out, size);
            out.shortText(text, size);
        } else {
            byte[] utf8 = Bytes.strictUtf8(text);
            uint(out, utf8.length);
            out.raw(utf8);
        }
    }

    @Override
    public byte[] encodeOutput(Object output) {
        Bytes out = start();
        data(out, output);
        return out.toArray();
    }

    @Override
    public byte[] encodeError(ErrorDetail error) {
        Bytes out = start();
        error(out, error);
        actor(out, error);
        return out.toArray();
    }
}
