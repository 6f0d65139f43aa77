package org.thespis.cluster.wire;

import java.util.Arrays;
import java.util.List;
import org.thespis.api.ActorKey;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.runtime.message.Wanted;

/**
 * Messages as bytes: one byte for the format, then fields in CBOR. The format changes only with what an older release must not
 * read at all. A new field is passed over by an older release; a new kind of message is refused by it, and so is sent from the
 * release on after the one that first reads it. Any thread.
 */
public final class MessageCodec {

    /** Of the messages of this release. */
    public static final int FORMAT = 1;

    private MessageCodec() {}

    /** @throws UnencodableException if a value in it has no form, or it would be longer than 64 MiB */
    public static byte[] write(Message message) {
        return framed(fields(message));
    }

    /** The arguments of an event, for {@link #event}. */
    public static byte[] arguments(List<Object> arguments) {
        return Plain.write(arguments);
    }

    /** A {@link Message.Told} of an event whose arguments were written before: they are so once, however many nodes it goes to. */
    public static byte[] event(List<String> receivers, String name, byte[] arguments) {
        return framed(Fields.empty().put("k", "told").put("o", Outputs.event(receivers, name, arguments)));
    }

    private static byte[] framed(Fields fields) {
        byte[] cbor = PlainCodec.writeCbor(fields.plain());
        byte[] framed = new byte[cbor.length + 1];
        framed[0] = FORMAT;
        System.arraycopy(cbor, 0, framed, 1, cbor.length);
        return framed;
    }

    private static Fields fields(Message message) {
        Fields fields = Fields.empty();
        if (message instanceof Message.Ask ask) {
            return fields.put("k", "ask")
                    .put("epoch", ask.epoch())
                    .put("actor", ask.actorId())
                    .put("c", Commands.write(ask.command()));
        }
        if (message instanceof Message.Told told) {
            return fields.put("k", "told").put("o", Outputs.write(told.output()));
        }
        if (message instanceof Message.Sync sync) {
            return fields.put("k", "sync").put("epoch", sync.epoch()).put("held", sync.held());
        }
        if (message instanceof Message.Released released) {
            return fields.put("k", "released").put("epoch", released.epoch()).put("s", released.segment());
        }
        if (message instanceof Message.Leaving leaving) {
            return fields.put("k", "leaving").put("view", leaving.view());
        }
        if (message instanceof Message.Ending ending) {
            return fields.put("k", "ending").put("heard", ending.heard());
        }
        if (message instanceof Message.Placed placed) {
            return fields.put("k", "placed")
                    .put("view", placed.view())
                    .put("number", placed.number())
                    .put("leaving", placed.leaving());
        }
        if (message instanceof Message.Create create) {
            return wanted(fields.put("k", "create"), create.wanted())
                    .put("id", create.id())
                    .put("epoch", create.epoch())
                    .put("or", create.mayExist());
        }
        if (message instanceof Message.Destroy destroy) {
            return fields.put("k", "destroy")
                    .put("id", destroy.id())
                    .put("epoch", destroy.epoch())
                    .put("actor", destroy.actorId());
        }
        if (message instanceof Message.Answered answered) {
            return fields.put("k", "answered")
                    .put("id", answered.id())
                    .put("actor", Parts.actor(answered.actor()))
                    .put("created", answered.created())
                    .put("error", Parts.error(answered.error()));
        }
        return fields.put("k", "reset");
    }

    private static Fields wanted(Fields fields, Wanted wanted) {
        return fields.put("n", wanted.name())
                .put("key", wanted.key().segments())
                .put("input", Plain.write(wanted.input()))
                .put("caller", Parts.caller(wanted.caller()))
                .put("to", wanted.clientId())
                .put("p", wanted.parameters() == null ? null : Plain.write(wanted.parameters()))
                .put("request", Parts.request(wanted.request()));
    }

    /** @throws MalformedMessageException if it is no message of a format and kind that this release reads */
    public static Message read(byte[] bytes) throws MalformedMessageException {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new MalformedMessageException("a message of an unknown format");
        }
        Fields fields = Fields.of(PlainCodec.readCbor(Arrays.copyOfRange(bytes, 1, bytes.length)));
        return switch (fields.text("k")) {
            case "ask" -> new Message.Ask(
                    fields.number("epoch"), fields.text("actor"), Commands.read(fields.part("c")));
            case "told" -> new Message.Told(Outputs.read(fields.part("o")));
            case "sync" -> new Message.Sync(fields.number("epoch"), fields.smallNumbers("held"));
            case "released" -> new Message.Released(fields.number("epoch"), fields.smallNumber("s"));
            case "leaving" -> new Message.Leaving(fields.number("view"));
            case "ending" -> new Message.Ending(fields.flag("heard"));
            case "placed" -> new Message.Placed(
                    fields.number("view"), fields.smallNumber("number"), fields.texts("leaving"));
            case "create" -> new Message.Create(
                    fields.number("id"), fields.number("epoch"), wanted(fields), fields.flag("or"));
            case "destroy" -> new Message.Destroy(fields.number("id"), fields.number("epoch"), fields.text("actor"));
            case "answered" -> new Message.Answered(
                    fields.number("id"),
                    fields.has("actor") ? Parts.actor(fields) : null,
                    fields.flag("created"),
                    fields.has("error") ? Parts.error(fields) : null);
            case "reset" -> new Message.Reset();
            default -> throw new MalformedMessageException("a message of an unknown kind");
        };
    }

    private static Wanted wanted(Fields fields) throws MalformedMessageException {
        return new Wanted(
                fields.text("n"),
                new ActorKey(fields.texts("key")),
                Plain.read(fields.bytes("input")),
                Parts.caller(fields),
                fields.textOrNull("to"),
                fields.has("p") ? Plain.read(fields.bytes("p")) : null,
                Parts.request(fields));
    }
}
