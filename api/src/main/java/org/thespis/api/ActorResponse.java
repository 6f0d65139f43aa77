package org.thespis.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a low-level HTTP request.
 *
 * @param headers header fields to set
 * @param body never null
 */
public record ActorResponse(int status, Map<String, String> headers, byte[] body) {

    private static final byte[] NO_BODY = {};

    public static ActorResponse status(int status) {
        return new ActorResponse(status, Map.of(), NO_BODY);
    }

    /** With status 200 and a content type, the text in UTF-8. */
    public static ActorResponse text(String contentType, String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).header("content-type", contentType + "; charset=utf-8");
    }

    /** With status 200. */
    public static ActorResponse bytes(byte[] body) {
        return new ActorResponse(200, Map.of(), body);
    }

    public ActorResponse withStatus(int newStatus) {
        return new ActorResponse(newStatus, headers, body);
    }

    /** This response with one more header field. */
    public ActorResponse header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ActorResponse(status, Map.copyOf(more), body);
    }
}
