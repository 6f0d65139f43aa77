package org.thespis.runtime.call;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;

/**
 * The last calls of one actor that came with an idempotency key, with what they were answered, so that a caller who lost the
 * answer may call again. A part of the actor's document, so that it is durable with what the call did. Used in turns.
 */
public final class RecentCalls implements DocumentPart {

    /** Calls of one caller; one more and the oldest is forgotten. */
    private static final int MAX_CALLS = 100;

    /** Calls of all callers; one more and the oldest of who has most is forgotten. */
    private static final int MAX_CALLS_IN_ALL = 1_000;

    /** Length of all answers as JSON. The oldest answers go first; that they were given stays known. */
    private static final int MAX_LENGTH = 262_144;

    /**
     * A call with an idempotency key.
     *
     * @param caller whose key it is; empty for all who are anonymous
     * @param digest of the action and its arguments; null in documents of before there was one
     */
    record Key(String caller, String key, String digest) {

        private static final int DIGITS = 32;

        static Key of(Command.CallOnce call, Values values) {
            String name = call.caller().name();
            return new Key(name == null ? "" : name, call.idempotencyKey(), digest(call, values));
        }

        private static String digest(Command.CallOnce call, Values values) {
            String text = call.action() + "\n" + values.json(call.arguments(), List.class);
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash).substring(0, DIGITS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }

        Id id() {
            return new Id(caller, key);
        }
    }

    private record Id(String caller, String key) {}

    /**
     * What a call was answered.
     *
     * @param output a plain value; after it came back from the store, of the types of JSON
     * @param error null if it succeeded
     */
    record Answer(Object output, ActorError error) {}

    /** @param json the answer's members; null if it was too large to be kept */
    private record Kept(Key key, Answer answer, Map<String, Object> json, int length) {}

    private Map<Id, Kept> kept = Map.of(); // another from the first call on
    private Map<Id, Key> running = Map.of(); // another from the first call on
    private int length;

    @Override
    public String member() {
        return "recent";
    }

    @Override
    public boolean isEmpty() {
        return kept.isEmpty();
    }

    /** What the call was answered, or that its key was used for another one; null if it has not been answered. */
    Answer find(Key key) {
        Kept found = kept.get(key.id());
        if (found == null) {
            return null;
        }
        return isSame(found.key, key) ? found.answer : new Answer(null, ActorError.idempotencyKeyReused());
    }

    private static boolean isSame(Key one, Key other) {
        return one.digest == null || one.digest.equals(other.digest);
    }

    /** Says that a call begins; what is in its way, or null. */
    ActorError begin(Key key) {
        Key other = running.get(key.id());
        if (other != null) {
            return isSame(other, key) ? ActorError.callInProgress() : ActorError.idempotencyKeyReused();
        }
        if (running.isEmpty()) {
            running = new HashMap<>(4);
        }
        running.put(key.id(), key);
        return null;
    }

    /** Keeps the answer of a call that has begun; no effect otherwise. */
    void end(Key key, Answer answer, Values values) {
        if (key != null && running.containsKey(key.id())) {
            running.remove(key.id());
            running = running.isEmpty() ? Map.of() : running;
            keep(key, answer, values);
        }
    }

    /** Puts an error in the place of an answer that was kept in this turn. */
    void replace(Key key, ActorError error, Values values) {
        Kept old = kept.get(key.id());
        if (old != null) {
            kept.remove(key.id());
            length -= old.length;
            keep(key, new Answer(null, error), values);
        }
    }

    private void keep(Key key, Answer answer, Values values) {
        Map<String, Object> json = json(answer);
        keep(key, answer, json, values.json(json, Map.class).length());
    }

    private void keep(Key key, Answer answer, Map<String, Object> json, int size) {
        if (kept.isEmpty()) {
            kept = new LinkedHashMap<>();
        }
        boolean tooLarge = size > MAX_LENGTH;
        kept.put(key.id(), tooLarge ? withoutAnswer(key) : new Kept(key, answer, json, size));
        length += tooLarge ? 0 : size;
        forgetCalls(key.caller);
        forgetAnswers();
    }

    private static Kept withoutAnswer(Key key) {
        return new Kept(key, new Answer(null, ActorError.answerNotKept()), null, 0);
    }

    private void forgetCalls(String caller) {
        if (kept.size() > MAX_CALLS) { // else nobody can have so many
            if (count(caller) > MAX_CALLS) {
                forgetOldest(caller);
            }
            if (kept.size() > MAX_CALLS_IN_ALL) {
                forgetOldest(whoHasMost());
            }
        }
    }

    private long count(String caller) {
        return kept.keySet().stream().filter(id -> id.caller.equals(caller)).count();
    }

    private String whoHasMost() {
        Map<String, Integer> counts = new HashMap<>();
        kept.keySet().forEach(id -> counts.merge(id.caller, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private void forgetOldest(String caller) {
        for (Iterator<Kept> all = kept.values().iterator(); all.hasNext(); ) {
            Kept oldest = all.next();
            if (oldest.key.caller.equals(caller)) {
                length -= oldest.length;
                all.remove();
                return;
            }
        }
    }

    private void forgetAnswers() {
        if (length <= MAX_LENGTH) {
            return;
        }
        for (Map.Entry<Id, Kept> entry : kept.entrySet()) {
            if (length > MAX_LENGTH && entry.getValue().json != null) {
                length -= entry.getValue().length;
                entry.setValue(withoutAnswer(entry.getValue().key));
            }
        }
    }

    private static Map<String, Object> json(Answer answer) {
        Map<String, Object> one = new LinkedHashMap<>();
        if (answer.error == null) {
            one.put("output", answer.output instanceof Undefined ? null : answer.output);
        } else {
            one.put("group", answer.error.group());
            one.put("code", answer.error.code());
            one.put("message", answer.error.message());
            one.put("metadata", answer.error.metadata());
        }
        return one;
    }

    @Override
    public String json(Values values) {
        return values.json(kept.values().stream().map(RecentCalls::document).toList(), List.class);
    }

    private static Map<String, Object> document(Kept kept) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", kept.key.key);
        if (!kept.key.caller.isEmpty()) {
            one.put("caller", kept.key.caller);
        }
        if (kept.key.digest != null) {
            one.put("digest", kept.key.digest);
        }
        if (kept.json != null) {
            one.putAll(kept.json);
        }
        return one;
    }

    @Override
    public void read(JsonArray all, Values values) {
        kept = Map.of();
        length = 0;
        try {
            for (JsonValue value : all) {
                read(value.asJsonObject(), values);
            }
        } catch (ClassCastException | NullPointerException e) {
            throw new BindingException("its recent calls cannot be read", e);
        }
    }

    private void read(JsonObject one, Values values) {
        Key key = new Key(one.getString("caller", ""), one.getString("id"), one.getString("digest", null));
        if (one.containsKey("code")) {
            ActorError error = new ActorError(
                    one.getString("group"),
                    one.getString("code"),
                    one.getString("message"),
                    plain(one.get("metadata"), values));
            keep(key, new Answer(null, error), values);
        } else if (one.containsKey("output")) {
            keep(key, new Answer(plain(one.get("output"), values), null), values);
        } else {
            keep(key, null, Map.of(), Integer.MAX_VALUE);
        }
    }

    private static Object plain(JsonValue value, Values values) {
        return value == null || value == JsonValue.NULL ? null : values.fromJson(value.toString(), Object.class);
    }
}
