package org.thespis.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thespis.api.ActorResponse;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** One HTTP request that waits for its actor's answer. Events sent to it vanish. */
final class HttpExchange implements Client {

    private static final Logger LOG = System.getLogger(HttpExchange.class.getName());

    /** The runtime answers each call within its time limit; this only guards against its end. */
    private static final long LAST_RESORT_MILLIS = 600_000;

    private final String id = UUID.randomUUID().toString();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AsyncContext async;
    private final SessionRegistry registry;
    private final WireCodec codec;
    private final String actorId;
    private final GatewaySettings settings;

    HttpExchange(
            AsyncContext async, SessionRegistry registry, WireCodec codec, String actorId, GatewaySettings settings) {
        this.async = async;
        this.registry = registry;
        this.codec = codec;
        this.actorId = actorId;
        this.settings = settings;
        async.setTimeout(LAST_RESORT_MILLIS);
        async.addListener(new GiveUp());
        registry.add(this);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Prepared prepare(Output output) {
        ActorResponse response = response(output);
        return response == null ? null : () -> () -> answer(response);
    }

    private ActorResponse response(Output output) {
        if (output instanceof Output.Reply reply) {
            return reply(reply);
        }
        if (output instanceof Output.Failed failed) {
            return failure(failed.error(), failed.origin());
        }
        return output instanceof Output.Responded responded ? responded.response() : null;
    }

    private ActorResponse reply(Output.Reply reply) {
        try {
            byte[] body = codec.encodeOutput(reply.result());
            return body.length > settings.maxBody()
                    ? failure(Guard.outgoingTooLong(settings.maxBody()), null)
                    : response(HttpServletResponse.SC_OK, body);
        } catch (UnencodableException e) {
            return failure(Guard.unencodable(e), null);
        }
    }

    @Override
    public void encode(EncodedEvent event) {
        // nobody listens here
    }

    @Override
    public Runnable event(EncodedEvent event) {
        return null; // nobody listens here
    }

    /** Without its metadata if those cannot be carried. */
    private ActorResponse failure(ActorError error, Output.Origin origin) {
        try {
            return response(Errors.status(error), codec.encodeError(Errors.detail(error, origin)));
        } catch (UnencodableException e) {
            ActorError instead = Guard.unencodable(e);
            return response(Errors.status(instead), codec.encodeError(Errors.detail(instead, origin)));
        }
    }

    private ActorResponse response(int status, byte[] body) {
        return new ActorResponse(status, java.util.Map.of("content-type", codec.contentType()), body);
    }

    private void answer(ActorResponse given) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        registry.remove(this);
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        try {
            response.setStatus(given.status());
            response.setHeader("x-rivet-actor", actorId);
            given.headers().forEach(response::setHeader);
            if (given.body().length > 0) {
                response.setContentLength(given.body().length);
                response.getOutputStream().write(given.body());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client is gone", e);
        } finally {
            async.complete();
        }
    }

    private final class GiveUp implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            answer(failure(Guard.unavailable().error(), null));
        }

        @Override
        public void onError(AsyncEvent event) {
            registry.remove(HttpExchange.this);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            registry.remove(HttpExchange.this);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // started once only
        }
    }
}
