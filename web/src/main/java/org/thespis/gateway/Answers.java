package org.thespis.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.thespis.api.ActorResponse;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.ActorError;

/** The answers of the gateway itself, which are always JSON. */
final class Answers {

    private Answers() {}

    /** A plain value. */
    static ActorResponse of(int status, Object plain) {
        return new ActorResponse(
                status, contentType(), PlainCodec.writeJson(plain).getBytes(StandardCharsets.UTF_8));
    }

    /** An error found in front of the actor: named in a header, too. Another one if its metadata cannot be carried. */
    static ActorResponse error(ActorError error) {
        try {
            return encoded(error);
        } catch (UnencodableException e) {
            return encoded(ActorError.unencodable(e.getMessage()));
        }
    }

    private static ActorResponse encoded(ActorError error) {
        return new ActorResponse(
                        Errors.status(error), contentType(), WireCodec.JSON.encodeError(Errors.detail(error, null)))
                .header("x-rivet-error", Errors.reason(error));
    }

    private static Map<String, String> contentType() {
        return Map.of("content-type", WireCodec.JSON.contentType());
    }
}
