package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.ActorError;

/** Small helpers of the servlets. */
final class JsonAnswers {

    private JsonAnswers() {}

    /** Writes a plain value as JSON. */
    static void write(HttpServletResponse response, int status, Object plain) throws IOException {
        write(response, status, PlainCodec.writeJson(plain).getBytes(StandardCharsets.UTF_8));
    }

    /** Errors made in front of the actor are always JSON, and named in a header. */
    static void fail(HttpServletResponse response, ActorError error) throws IOException {
        response.setHeader("x-rivet-error", Errors.reason(error));
        write(response, Errors.status(error), WireCodec.JSON.encodeError(Errors.detail(error, null)));
    }

    private static void write(HttpServletResponse response, int status, byte[] json) throws IOException {
        response.setStatus(status);
        response.setHeader("content-type", WireCodec.JSON.contentType());
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** Reads a body of bounded size. */
    static byte[] body(HttpServletRequest request, int max) throws IOException {
        if (request.getContentLengthLong() > max) {
            throw Guard.incomingTooLong(max);
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(max + 1);
            if (body.length > max) {
                throw Guard.incomingTooLong(max);
            }
            return body;
        }
    }
}
