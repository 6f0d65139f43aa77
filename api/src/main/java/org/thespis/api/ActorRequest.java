package org.thespis.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A low-level HTTP request to an actor.
 *
 * @param path the path behind {@code /request}, decoded, with a leading slash
 * @param query the query parameters of the caller, in order
 * @param headers the header fields, names in small letters
 * @param body never null
 */
public record ActorRequest(
        String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return first(query.get(name));
    }

    /** The first value of a header field, whatever the case of its name. */
    public Optional<String> header(String name) {
        return first(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Optional<String> first(List<String> values) {
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
