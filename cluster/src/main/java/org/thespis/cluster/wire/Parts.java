package org.thespis.cluster.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.PackedRequest;

/** The parts that several messages have. Any thread. */
final class Parts {

    private Parts() {}

    static Fields caller(Caller caller) {
        if (caller.equals(Caller.ANONYMOUS)) {
            return null; // as most callers are
        }
        return Fields.empty()
                .put("n", caller.name())
                .put("r", caller.roles().stream().sorted().toList())
                .put("c", caller.claims().isEmpty() ? null : Plain.write(caller.claims()));
    }

    @SuppressWarnings("unchecked")
    static Caller caller(Fields of) throws MalformedMessageException {
        if (!of.has("caller")) {
            return Caller.ANONYMOUS;
        }
        Fields caller = of.part("caller");
        Object claims = caller.has("c") ? Plain.read(caller.bytes("c")) : Map.of();
        if (!(claims instanceof Map<?, ?> map)) {
            throw new MalformedMessageException("claims that are no map");
        }
        return new Caller(
                caller.textOrNull("n"), new HashSet<>(caller.texts("r")), (Map<String, Object>) Plain.frozen(map));
    }

    static Fields chain(CallChain chain) {
        if (chain.links().isEmpty()) {
            return null;
        }
        return Fields.empty()
                .put("i", chain.links().stream().map(CallChain.Link::actorId).toList())
                .put("n", chain.links().stream().map(CallChain.Link::actor).toList());
    }

    static CallChain chain(Fields of) throws MalformedMessageException {
        if (!of.has("chain")) {
            return CallChain.EMPTY;
        }
        List<String> ids = of.part("chain").texts("i");
        List<String> names = of.part("chain").texts("n");
        if (ids.size() != names.size() || ids.size() > CallChain.MAX_LENGTH) {
            throw new MalformedMessageException("a chain that is none");
        }
        List<CallChain.Link> links = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            links.add(new CallChain.Link(ids.get(i), names.get(i)));
        }
        return new CallChain(List.copyOf(links));
    }

    static byte[] request(PackedRequest request) {
        return request == null ? null : request.toBytes();
    }

    static PackedRequest request(Fields of) throws MalformedMessageException {
        if (!of.has("request")) {
            return null;
        }
        return PackedRequest.fromBytes(of.bytes("request"))
                .orElseThrow(() -> new MalformedMessageException("no packed request"));
    }

    static Fields error(ActorError error) {
        if (error == null) {
            return null;
        }
        return Fields.empty()
                .put("g", error.group())
                .put("c", error.code())
                .put("m", error.message())
                .put("d", error.metadata() == null ? null : Plain.write(error.metadata()));
    }

    static ActorError error(Fields of) throws MalformedMessageException {
        Fields error = of.part("error");
        return new ActorError(
                error.text("g"),
                error.text("c"),
                error.text("m"),
                error.has("d") ? Plain.read(error.bytes("d")) : null);
    }

    static Fields actor(ActorRecord actor) {
        if (actor == null) {
            return null;
        }
        return Fields.empty()
                .put("i", actor.id())
                .put("n", actor.name())
                .put("k", actor.key().segments())
                .put("t", actor.created().toString());
    }

    static ActorRecord actor(Fields of) throws MalformedMessageException {
        Fields actor = of.part("actor");
        return new ActorRecord(
                actor.text("i"), actor.text("n"), new ActorKey(actor.texts("k")), instant(actor.text("t")));
    }

    private static Instant instant(String text) throws MalformedMessageException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedMessageException("no time", e);
        }
    }
}
