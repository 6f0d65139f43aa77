package org.thespis.runtime;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.thespis.api.Undefined;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;

/**
 * The last calls of one actor that named themselves, with what they were answered, so that a caller who lost the answer may
 * call again. A part of the actor's document, so that it is durable with what the call did. Used in turns.
 */
final class RecentCalls {

    private static final int MAX_CALLS = 100;

    /** Length of all answers as JSON; the newest is kept in any case. */
    private static final int MAX_LENGTH = 262_144;

    /**
     * What a call was answered.
     *
     * @param output a plain value; after it came back from the store, of the types of JSON
     * @param error null if it succeeded
     */
    record Answer(Object output, ActorError error) {}

    private record Kept(Answer answer, String json) {}

    private Map<String, Kept> kept = Map.of(); // another from the first call on
    private Set<String> running = Set.of(); // another from the first call on
    private int length;

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** What the call of that id was answered, or null. */
    Answer find(String requestId) {
        Kept found = kept.get(requestId);
        return found == null ? null : found.answer;
    }

    /** Says that a call begins; false if it is running already. */
    boolean begin(String requestId) {
        if (running.isEmpty()) {
            running = new HashSet<>(2);
        }
        return running.add(requestId);
    }

    /** Keeps the answer of a call that has begun; no effect otherwise. */
    void end(String requestId, Answer answer, Values values) {
        if (requestId != null && running.contains(requestId)) {
            running.remove(requestId);
            keep(requestId, answer, json(requestId, answer, values));
        }
    }

    private void keep(String requestId, Answer answer, String json) {
        if (kept.isEmpty()) {
            kept = new LinkedHashMap<>();
        }
        kept.put(requestId, new Kept(answer, json));
        length += json.length();
        var oldest = kept.values().iterator();
        while (kept.size() > 1 && (kept.size() > MAX_CALLS || length > MAX_LENGTH)) {
            length -= oldest.next().json.length();
            oldest.remove();
        }
    }

    private static String json(String requestId, Answer answer, Values values) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", requestId);
        if (answer.error == null) {
            one.put("output", answer.output instanceof Undefined ? null : answer.output);
        } else {
            one.put("group", answer.error.group());
            one.put("code", answer.error.code());
            one.put("message", answer.error.message());
            one.put("metadata", answer.error.metadata());
        }
        return values.json(one, Map.class);
    }

    /** All answers as a JSON array. */
    String json() {
        return "[" + String.join(",", kept.values().stream().map(Kept::json).toList()) + "]";
    }

    /** @throws BindingException if these are no answers */
    void read(JsonArray all, Values values) {
        kept = Map.of();
        length = 0;
        try {
            for (JsonValue value : all) {
                JsonObject one = value.asJsonObject();
                Answer answer = one.containsKey("code")
                        ? new Answer(
                                null,
                                new ActorError(
                                        one.getString("group"),
                                        one.getString("code"),
                                        one.getString("message"),
                                        plain(one.get("metadata"), values)))
                        : new Answer(plain(one.get("output"), values), null);
                keep(one.getString("id"), answer, one.toString());
            }
        } catch (ClassCastException | NullPointerException e) {
            throw new BindingException("its recent calls cannot be read", e);
        }
    }

    private static Object plain(JsonValue value, Values values) {
        return value == null || value == JsonValue.NULL ? null : values.fromJson(value.toString(), Object.class);
    }
}
