package org.thespis.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.thespis.api.ActorResponse;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.Place;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/**
 * One HTTP request, from the first byte of its body to the last of its answer. No thread ever waits for the client: what comes
 * is read and what goes is written when the line is ready, each within a deadline. Any thread.
 *
 * <p>It ends in the server's own call for writing wherever that can be: WildFly then drops the rest of a body that never came.
 * Elsewhere it lets a worker wait for it.
 */
final class HttpExchange implements BodyReader.Taker, WriteListener, AsyncListener {

    private static final Logger LOG = System.getLogger(HttpExchange.class.getName());

    /** The runtime answers each call within its time limit; this only guards against its end. */
    private static final long LAST_RESORT_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** Time for the rest of a body that nobody wants: a client that is still sending often misses an answer. */
    private static final long REFUSAL_GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int CHUNK = 16_384;

    private enum Phase {
        NEW,
        READING,
        REFUSING,
        WAITING,
        WRITING,
        DONE
    }

    private final GatewayServices gateway;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncEnd last;
    private final Place place; // null if the client has no place left
    private volatile int maxBody;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0); // used by who reads
    private Phase phase = Phase.NEW; // guarded by this
    private long since = System.nanoTime(); // of the phase; guarded by this
    private Consumer<byte[]> then; // set before reading starts
    private ActorResponse answer; // guarded by this, until it is written
    private int written; // used by who writes
    private Runnable atEnd = () -> {}; // guarded by this
    private int uses; // of the streams, at this moment; guarded by this
    private boolean completes; // when none uses them any more; guarded by this

    private HttpExchange(
            GatewayServices gateway, HttpServletRequest request, HttpServletResponse response, Place place) {
        this.gateway = gateway;
        this.request = request;
        this.response = response;
        this.place = place;
        this.maxBody = gateway.settings().sizes().body();
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // the deadlines are our own
        async.addListener(this);
        last = new AsyncEnd(async, Payara.serves(request), gateway.executor(), gateway.timer());
        gateway.exchanges().add(this);
    }

    /** Takes over a request. If its client has too many already, that is the answer, and all else will be in vain. */
    static HttpExchange begin(GatewayServices gateway, HttpServletRequest request, HttpServletResponse response) {
        try {
            Place place = Visit.of(request, gateway.admission(), gateway.callers())
                    .quota()
                    .connect();
            return new HttpExchange(gateway, request, response, place);
        } catch (ActorException e) {
            HttpExchange refused = new HttpExchange(gateway, request, response, null);
            refused.answer(Answers.error(e.error()));
            return refused;
        }
    }

    HttpServletRequest request() {
        return request;
    }

    /** What is done when all is over, at once if it is. */
    void atEnd(Runnable action) {
        synchronized (this) {
            if (phase != Phase.DONE) {
                atEnd = action;
                return;
            }
        }
        action.run();
    }

    /** Bytes that a body may have, in either direction. */
    int maxBody() {
        return maxBody;
    }

    /** The same as {@link #read(Consumer)} where a body has another limit. */
    void read(int max, Consumer<byte[]> use) {
        maxBody = max;
        read(use);
    }

    /** Reads the body and then goes on with it, in a thread that may block. */
    void read(Consumer<byte[]> use) {
        if (!is(Phase.NEW)) {
            return;
        }
        if (request.getContentLengthLong() > maxBody) {
            refuse(GatewayErrors.incomingTooLong(maxBody).error());
            return;
        }
        if (BodyReader.isEndless(request)) {
            answer(Answers.error(GatewayErrors.invalidRequest("an upgrade with a body needs a length")
                    .error()));
            return;
        }
        then = use;
        if (BodyReader.hasBody(request)) {
            listen(Phase.READING);
        } else {
            goOn();
        }
    }

    /** Refuses the request before its body, or in the middle of it. */
    void refuse(ActorError error) {
        answerAfterBody(Answers.error(error));
    }

    /** Answers when the body is over, which nobody reads, or soon. */
    void answerAfterBody(ActorResponse given) {
        boolean starts;
        synchronized (this) {
            if (phase != Phase.NEW && phase != Phase.READING) {
                return;
            }
            starts = phase == Phase.NEW;
            answer = given;
        }
        if (!starts) {
            enter(Phase.REFUSING);
        } else if (BodyReader.hasBody(request)) {
            listen(Phase.REFUSING);
        } else {
            answer(given);
        }
    }

    private void listen(Phase next) {
        enter(next);
        try {
            BodyReader.start(request, this);
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private synchronized void enter(Phase next) {
        if (phase != Phase.WRITING && phase != Phase.DONE) {
            phase = next;
            since = System.nanoTime();
        }
    }

    private synchronized boolean is(Phase asked) {
        return phase == asked;
    }

    @Override
    public synchronized boolean wants() {
        return phase == Phase.READING || phase == Phase.REFUSING;
    }

    @Override
    public synchronized boolean begins() {
        if (phase == Phase.DONE) {
            return false;
        }
        uses++;
        return true;
    }

    @Override
    public void ends() {
        synchronized (this) {
            uses--;
            if (uses > 0 || !completes) {
                return;
            }
            completes = false;
        }
        last.begin();
    }

    @Override
    public void take(byte[] chunk, int count) {
        if (is(Phase.READING)) {
            keep(chunk, count);
        }
    }

    private void keep(byte[] chunk, int count) {
        if (body.size() + count > maxBody) {
            refuse(GatewayErrors.incomingTooLong(maxBody).error());
            return;
        }
        try {
            place.take(count);
            body.write(chunk, 0, count);
        } catch (ActorException e) {
            refuse(e.error());
        }
    }

    @Override
    public void over() {
        if (is(Phase.READING)) {
            goOn();
        } else if (is(Phase.REFUSING)) {
            answer(answer);
        }
    }

    private void goOn() {
        enter(Phase.WAITING);
        try {
            gateway.executor().execute(this::use);
        } catch (RuntimeException e) { // all threads are busy, or this one may start none
            answer(Answers.error(ActorError.unavailable()));
        }
    }

    private void use() {
        try {
            then.accept(body.toByteArray());
        } catch (ActorException e) {
            answer(Answers.error(e.error()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a request could not be handled", e);
            answer(Answers.error(ActorError.internal()));
        }
    }

    /** Writes the answer; further ones are ignored. Does not wait. */
    void answer(ActorResponse given) {
        synchronized (this) {
            if (phase == Phase.WRITING || phase == Phase.DONE) {
                return;
            }
            answer = affordable(given);
            enter(Phase.WRITING);
        }
        if (!begins()) {
            return;
        }
        try {
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            Visit.allowOrigin(request, response); // not before: it is for the type of the actor to say
            if (answer.body().length > 0) {
                response.setContentLength(answer.body().length);
            }
            response.getOutputStream().setWriteListener(this);
        } catch (IOException | RuntimeException e) { // the client is gone, or was answered by the server
            onError(e);
        } finally {
            ends();
        }
    }

    private ActorResponse affordable(ActorResponse given) {
        try {
            if (place != null) {
                place.take(given.body().length);
            }
            return given;
        } catch (ActorException e) {
            return Answers.error(e.error());
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!begins()) {
            return;
        }
        try {
            write(response.getOutputStream());
        } finally {
            ends();
        }
    }

    private void write(ServletOutputStream out) throws IOException {
        byte[] all = answer.body();
        while (is(Phase.WRITING) && out.isReady()) {
            if (written == all.length) { // and it is on its way
                end();
                return;
            }
            int count = Math.min(CHUNK, all.length - written);
            out.write(all, written, count);
            written += count;
        }
    }

    /** Ends what takes too long. Called by one timer. */
    void care(long now) {
        Phase seen;
        long lasts;
        synchronized (this) {
            seen = phase;
            lasts = now - since;
        }
        var deadlines = gateway.settings().deadlines();
        switch (seen) {
            case READING -> {
                if (lasts > deadlines.body().toNanos()) {
                    answer(Answers.error(GatewayErrors.requestTimedOut().error()));
                }
            }
            case REFUSING -> {
                if (lasts > REFUSAL_GRACE_NANOS) {
                    answer(answer);
                }
            }
            case NEW, WAITING -> {
                if (lasts > LAST_RESORT_NANOS) {
                    answer(Answers.error(ActorError.unavailable()));
                }
            }
            case WRITING -> {
                if (lasts > deadlines.answer().toNanos()) {
                    end();
                }
            }
            case DONE -> gateway.exchanges().remove(this);
        }
    }

    /** Ends the exchange, written or not, as soon as nobody uses its streams. */
    private void end() {
        if (!finish()) {
            return;
        }
        synchronized (this) {
            completes = uses > 0;
            if (completes) {
                return;
            }
        }
        last.begin();
    }

    private boolean finish() {
        Runnable action;
        synchronized (this) {
            if (phase == Phase.DONE) {
                return false;
            }
            phase = Phase.DONE;
            action = atEnd;
        }
        gateway.exchanges().remove(this);
        if (place != null) {
            place.close();
        }
        action.run();
        return true;
    }

    @Override
    public void failed(Throwable thrown) {
        onError(thrown);
    }

    @Override
    public void onError(Throwable thrown) {
        LOG.log(Level.DEBUG, "the client is gone", thrown);
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        finish();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // started once only
    }
}
