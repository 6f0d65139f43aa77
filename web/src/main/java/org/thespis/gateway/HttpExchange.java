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
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.ActorError;
import org.thespis.runtime.Output;

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
    public Runnable deliver(Output output) {
        return () -> write(output);
    }

    private void write(Output output) {
        if (output instanceof Output.Reply reply) {
            byte[] body = codec.encodeOutput(reply.result());
            if (body.length > settings.maxBody()) {
                fail(Guard.outgoingTooLong(settings.maxBody()), null);
            } else {
                answer(HttpServletResponse.SC_OK, codec.contentType(), body);
            }
        } else if (output instanceof Output.Failed failed) {
            fail(failed.error(), failed.origin());
        } else if (output instanceof Output.Responded responded) {
            answer(responded.response());
        }
    }

    @Override
    public Runnable event(EncodedEvent event) {
        return null; // nobody listens here
    }

    private void fail(ActorError error, Output.Origin origin) {
        answer(Errors.status(error), codec.contentType(), codec.encodeError(Errors.detail(error, origin)));
    }

    private void answer(int status, String contentType, byte[] body) {
        answer(new ActorResponse(status, java.util.Map.of("content-type", contentType), body));
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
            fail(Guard.unavailable().error(), null);
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
