package org.thespis.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.thespis.api.ActorResponse;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** An HTTP request that waits for its actor's answer. Events sent to it vanish. */
final class ActorExchange implements Client {

    private final String id = UUID.randomUUID().toString();
    private final HttpExchange exchange;
    private final WireCodec codec;
    private volatile String actorId = "";

    ActorExchange(HttpExchange exchange, WireCodec codec, GatewayServices gateway) {
        this.exchange = exchange;
        this.codec = codec;
        SessionRegistry registry = gateway.registry();
        exchange.atEnd(() -> registry.remove(this));
        registry.add(this);
    }

    @Override
    public String id() {
        return id;
    }

    /** Which actor answers is known later than who asks. */
    void answeredBy(String actor) {
        actorId = actor;
    }

    @Override
    public Prepared prepare(Output output) {
        ActorResponse response = response(output);
        return response == null ? null : () -> () -> exchange.answer(response.header("x-rivet-actor", actorId));
    }

    private ActorResponse response(Output output) {
        if (output instanceof Output.Reply reply) {
            return reply(reply);
        }
        if (output instanceof Output.Failed failed) {
            return failure(failed.error(), failed.origin());
        }
        return output instanceof Output.Responded responded ? responded(responded.response()) : null;
    }

    private ActorResponse reply(Output.Reply reply) {
        try {
            int maxBody = exchange.maxBody();
            byte[] body = codec.encodeOutput(reply.result());
            return body.length > maxBody
                    ? failure(GatewayErrors.outgoingTooLong(maxBody), null)
                    : response(HttpServletResponse.SC_OK, body);
        } catch (UnencodableException e) {
            return failure(ActorError.unencodable(e.getMessage()), null);
        }
    }

    private ActorResponse responded(ActorResponse response) {
        int maxBody = exchange.maxBody();
        return response.body().length > maxBody ? failure(GatewayErrors.outgoingTooLong(maxBody), null) : response;
    }

    /** Without its metadata if those cannot be carried. */
    private ActorResponse failure(ActorError error, Output.Origin origin) {
        try {
            return response(Errors.status(error), codec.encodeError(Errors.detail(error, origin)));
        } catch (UnencodableException e) {
            ActorError instead = ActorError.unencodable(e.getMessage());
            return response(Errors.status(instead), codec.encodeError(Errors.detail(instead, origin)));
        }
    }

    private ActorResponse response(int status, byte[] body) {
        return new ActorResponse(status, Map.of("content-type", codec.contentType()), body);
    }
}
