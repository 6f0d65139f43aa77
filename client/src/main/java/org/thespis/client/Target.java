package org.thespis.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.thespis.api.ActorKey;

/**
 * Whom a reference leads to.
 *
 * @param key null if it is by the id
 * @param id null if it is by the key
 * @param creates whether the actor is created if there is none
 * @param input for its creation, in CBOR; null for none
 */
record Target(String type, ActorKey key, String id, boolean creates, byte[] input) {

    /** Longer inputs are not sent in an address. */
    private static final int MAX_INPUT_BYTES = 1_024;

    static Target byId(String type, String id) {
        return new Target(type, null, id, false, null);
    }

    /** @throws org.thespis.api.ActorCallException {@code actor.invalid_key} */
    Target checked() {
        if (key != null && !StandardCharsets.UTF_8.newEncoder().canEncode(key.toString())) {
            throw ClientErrors.invalidKey();
        }
        return this;
    }

    /** Whether an address names the actor, or its id must be asked for: a comma in a key looks like one between segments. */
    boolean hasAddress() {
        return id != null
                || (input == null || input.length <= MAX_INPUT_BYTES)
                        && key.segments().stream().noneMatch(segment -> segment.indexOf(',') >= 0);
    }

    /** The same for a WebSocket: Tyrus decodes escapes in the address before it sends it. */
    boolean hasPlainAddress() {
        return hasAddress()
                && (id != null
                        ? isPlain(id)
                        : isPlain(type) && key.segments().stream().allMatch(Target::isPlain));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(Target::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    /** Path and query of what is behind {@code /gateway/ACTOR}. */
    String path(String namespace, String rest) {
        return id != null
                ? "/gateway/" + encoded(id) + rest
                : "/gateway/" + encoded(type) + rest + "?" + query(namespace);
    }

    private String query(String namespace) {
        StringBuilder query = new StringBuilder("rvt-namespace=" + form(namespace));
        query.append("&rvt-method=").append(creates ? "getOrCreate&rvt-runner=default" : "get");
        if (!key.segments().isEmpty()) {
            query.append("&rvt-key=")
                    .append(key.segments().stream().map(Target::form).collect(Collectors.joining(",")));
        }
        if (creates && input != null) {
            query.append("&rvt-input=")
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(input));
        }
        return query.toString();
    }

    /** What is asked for to find or create it by its key. */
    Map<String, Object> wanted() {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", type);
        wanted.put("key", key.toString());
        wanted.put("runner_name_selector", "default");
        wanted.put("crash_policy", "sleep");
        if (input != null) {
            wanted.put("input", Base64.getEncoder().encodeToString(input));
        }
        return wanted;
    }

    /** As a part of a query. */
    static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As a part of a path, or of a subprotocol. */
    static String encoded(String text) {
        return form(text).replace("+", "%20").replace("*", "%2A");
    }

    @Override
    public String toString() {
        return type + "/" + (id == null ? key : "#" + id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target
                && type.equals(target.type)
                && Objects.equals(key, target.key)
                && Objects.equals(id, target.id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, key, id);
    }
}
