package org.thespis.runtime.call;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.document.JsonInput;
import org.thespis.runtime.document.JsonOutput;
import org.thespis.runtime.document.PlainJson;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;

/**
 * The last calls of one actor that came with an idempotency key, with what they were answered, so that a caller who lost the
 * answer may call again. A part of the actor's document, so that it is durable with what the call did. Used in turns.
 */
public final class RecentCalls implements DocumentPart {

    /** Its part of the document. */
    public static final String MEMBER = "recent";

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

        static Key of(String key, Caller caller, String action, List<Object> arguments, Values values) {
            String name = caller.name();
            return new Key(name == null ? "" : name, key, digest(action, arguments, values));
        }

        private static String digest(String action, List<Object> arguments, Values values) {
            String text = action + "\n" + text(arguments, values);
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash).substring(0, DIGITS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }

        /** The same in each encoding of the wire; what JSON has no form for is in our own. */
        private static String text(List<Object> arguments, Values values) {
            try {
                return values.json(arguments, List.class);
            } catch (RuntimeException e) { // such as a number that is none
                return new String(PlainJson.write(values.plain(arguments)), StandardCharsets.UTF_8);
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
     * @param output a plain value
     * @param error null if it succeeded
     */
    record Answer(Object output, ActorError error) {}

    /** @param json the answer as an object; null if it could not be kept */
    private record Kept(Key key, byte[] json) {

        int length() {
            return json == null ? 0 : json.length;
        }
    }

    private static final String OUTPUT = "output";
    private static final Set<String> KEY = Set.of("id", "caller", "digest");
    private static final byte[] ID = "{\"id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CALLER = ",\"caller\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGEST = ",\"digest\":".getBytes(StandardCharsets.US_ASCII);

    private Map<Id, Kept> kept = Map.of(); // another from the first call on
    private Map<Id, Key> running = Map.of(); // another from the first call on
    private Map<Id, Key> begun = Map.of(); // those of them that have changed the state; likewise
    private int length;
    private byte[] written; // null if something has changed since

    @Override
    public String member() {
        return MEMBER;
    }

    @Override
    public boolean isEmpty() {
        return kept.isEmpty() && begun.isEmpty();
    }

    /** What the call was answered, or that its key was used for another one; null if it has not been answered. */
    Answer find(Key key) {
        Kept found = kept.get(key.id());
        if (found == null) {
            return null;
        }
        return isSame(found.key, key) ? answer(found) : new Answer(null, ActorError.idempotencyKeyReused());
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
        if (running.size() >= MAX_CALLS_IN_ALL) {
            return ActorError.overloaded(MAX_CALLS_IN_ALL); // their stages may never complete
        }
        if (running.isEmpty()) {
            running = new HashMap<>(4);
        }
        running.put(key.id(), key);
        return null;
    }

    /** A call that goes on has changed the state: should its instance end, it may not run again. False if it is over. */
    boolean changed(Key key) {
        if (!running.containsKey(key.id())) {
            return false;
        }
        if (begun.isEmpty()) {
            begun = new HashMap<>(4);
        }
        begun.put(key.id(), key);
        written = null;
        return true;
    }

    /** Keeps the answer of a call that has begun; no effect otherwise. */
    void end(Key key, Answer answer, Values values) {
        if (key != null && running.containsKey(key.id())) {
            running.remove(key.id());
            running = running.isEmpty() ? Map.of() : running;
            if (begun.containsKey(key.id())) {
                begun.remove(key.id());
                written = null;
            }
            keep(key, json(answer, values));
        }
    }

    /** Forgets a call that did nothing, so that it may run again. */
    void forget(Key key) {
        written = null;
        running = without(running, key);
        begun = without(begun, key);
        Kept old = kept.isEmpty() ? null : kept.remove(key.id());
        length -= old == null ? 0 : old.length();
    }

    private static Map<Id, Key> without(Map<Id, Key> calls, Key key) {
        if (!calls.isEmpty()) {
            calls.remove(key.id());
        }
        return calls.isEmpty() ? Map.of() : calls;
    }

    /** Puts an error in the place of an answer that was kept in this turn. */
    void replace(Key key, ActorError error, Values values) {
        Kept old = kept.get(key.id());
        if (old != null) {
            kept.remove(key.id());
            length -= old.length();
            keep(key, json(new Answer(null, error), values));
        }
    }

    private void keep(Key key, byte[] json) {
        written = null;
        if (kept.isEmpty()) {
            kept = new LinkedHashMap<>();
        }
        Kept added = new Kept(key, json == null || json.length > MAX_LENGTH ? null : json);
        kept.put(key.id(), added);
        length += added.length();
        forgetCalls(key.caller);
        forgetAnswers();
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
                length -= oldest.length();
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
                length -= entry.getValue().length();
                entry.setValue(new Kept(entry.getValue().key, null));
            }
        }
    }

    /** The answer as it is now; null if it cannot be written. */
    private static byte[] json(Answer answer, Values values) {
        Map<String, Object> one = new LinkedHashMap<>();
        if (answer.error == null) {
            one.put(OUTPUT, answer.output);
        } else {
            one.put("group", answer.error.group());
            one.put("code", answer.error.code());
            one.put("message", answer.error.message());
            one.put("metadata", answer.error.metadata());
        }
        try {
            return PlainJson.write(
                    values.plain(one)); // the runtime itself may say something in collections of any class
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static Answer answer(Kept kept) {
        if (kept.json == null) {
            return new Answer(null, ActorError.answerNotKept());
        }
        try {
            return answer((Map<?, ?>) PlainJson.read(new JsonInput(kept.json)));
        } catch (BindingException | ClassCastException e) { // written by another version
            return new Answer(null, ActorError.answerNotKept());
        }
    }

    private static Answer answer(Map<?, ?> json) {
        if (json.containsKey(OUTPUT)) {
            return new Answer(json.get(OUTPUT), null);
        }
        if (json.get("code") == null) {
            return new Answer(null, ActorError.internal());
        }
        ActorError error = new ActorError(
                (String) json.get("group"),
                (String) json.get("code"),
                (String) json.get("message"),
                json.get("metadata"));
        return new Answer(null, error);
    }

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public byte[] json(Values values) {
        if (written == null) {
            JsonOutput out = new JsonOutput(Integer.MAX_VALUE, length);
            char separator = '[';
            for (Kept one : kept.values()) {
                out.sign(separator);
                write(one, out);
                separator = ',';
            }
            for (Key one : begun.values()) { // who reads this finds that it may have counted
                out.sign(separator);
                write(new Kept(one, json(new Answer(null, ActorError.gone()), values)), out);
                separator = ',';
            }
            if (separator == '[') {
                out.sign('[');
            }
            out.sign(']');
            written = out.toByteArray();
        }
        return written;
    }

    private static void write(Kept one, JsonOutput out) {
        out.raw(ID);
        out.text(one.key.key);
        if (!one.key.caller.isEmpty()) {
            out.raw(CALLER);
            out.text(one.key.caller);
        }
        if (one.key.digest != null) {
            out.raw(DIGEST);
            out.text(one.key.digest);
        }
        if (one.json == null) {
            out.sign('}');
        } else {
            out.sign(',');
            out.raw(one.json, 1, one.json.length);
        }
    }

    @Override
    public void read(byte[] json, Values values) {
        kept = Map.of();
        written = null;
        length = 0;
        JsonInput in = new JsonInput(json);
        in.beginArray();
        while (in.nextElement()) {
            in.beginObject();
            read(in);
        }
    }

    /** What the answer is made of is read when somebody asks for it. */
    private void read(JsonInput in) {
        Map<String, String> names = new HashMap<>();
        JsonOutput answer = new JsonOutput(Integer.MAX_VALUE);
        char separator = '{';
        for (String name = in.nextKey(); name != null; name = in.nextKey()) {
            if (KEY.contains(name)) {
                names.put(name, in.text());
            } else {
                answer.sign(separator);
                answer.text(name);
                answer.sign(':');
                answer.raw(in.slice());
                separator = ',';
            }
        }
        if (names.get("id") == null) {
            throw new BindingException("its recent calls cannot be read", null);
        }
        answer.sign('}');
        Key key = new Key(names.getOrDefault("caller", ""), names.get("id"), names.get("digest"));
        keep(key, separator == '{' ? null : answer.toByteArray());
    }
}
