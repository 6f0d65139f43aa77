package org.thespis.runtime.soak;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.soak.Asked.Effect;

/** Compares what clients were told in a round with what the store has at its end. Used once. */
final class Verdict {

    private static final Pattern TOKEN = Pattern.compile("\"([tp]\\d+)\"");

    private static final Pattern DONE = Pattern.compile("\"done\":\\[([^\\]]*)\\]");
    private static final int MANY = Integer.MAX_VALUE;

    private final Book book;
    private final FaultyStore store;
    private final Map<String, Map<String, Integer>> tokens = new HashMap<>(); // by actor
    private final Set<Asked> retried = new HashSet<>();

    Verdict(Book book, FaultyStore store) {
        this.book = book;
        this.store = store;
    }

    void look() {
        book.asked.stream().map(asked -> asked.retryOf).forEach(retried::add);
        book.asked.forEach(this::look);
        book.lines.forEach(this::look);
        lookAtRows();
        book.letIn.keySet().forEach(this::lookAtConnection);
        book.left.keySet().stream()
                .filter(id -> !book.letIn.containsKey(id))
                .forEach(id -> book.fault("OnDisconnect without OnConnect", id));
    }

    private void lookAtConnection(String id) {
        AtomicInteger ends = book.left.get(id);
        if (ends == null || ends.get() != 1) {
            book.fault("OnDisconnect not once", id + ": " + ends);
        }
    }

    /** What is kept row by row is what the field has, of all that the store has. */
    private void lookAtRows() {
        for (String type : List.of("committed", "periodic")) {
            for (ActorRecord actor : store.memory.list(type, Integer.MAX_VALUE)) {
                Matcher done = DONE.matcher(new String(stored(actor.id()).state(), StandardCharsets.UTF_8));
                String field = done.find() ? done.group(1) : "";
                String rows = store
                        .memory
                        .entries(actor.id(), new EntryRange("rows", null, null, false, MANY, MANY))
                        .entries()
                        .stream()
                        .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining(","));
                if (!rows.equals(field)) {
                    book.fault("rows are not those of the field", actor.id() + ": " + rows + " and " + field);
                }
            }
        }
    }

    private StoredActor stored(String actorId) {
        return store.memory.load(actorId).orElse(null);
    }

    /** How often the actor has done something, as the store has it; null if the actor is not there any more. */
    private Integer count(String actorId, String token) {
        StoredActor stored = stored(actorId);
        if (stored == null) {
            return null;
        }
        return tokens.computeIfAbsent(actorId, id -> tokens(stored)).getOrDefault(token, 0);
    }

    private static Map<String, Integer> tokens(StoredActor stored) {
        Map<String, Integer> counts = new HashMap<>();
        Matcher all = TOKEN.matcher(new String(stored.state(), StandardCharsets.UTF_8));
        while (all.find()) {
            counts.merge(all.group(1), 1, Integer::sum);
        }
        return counts;
    }

    private String type(String actorId) {
        return stored(actorId).actor().name();
    }

    private void look(Asked asked) {
        if (asked.isOwed()) {
            book.fault("no answer", asked);
        }
        if (asked.answers.size() > 1) {
            book.fault("answered twice", asked);
        }
        Integer count = asked.token == null ? Integer.valueOf(0) : count(asked.actorId, asked.token);
        if (count == null) {
            if (!book.toBeDestroyed.contains(asked.actorId)) {
                book.fault("a lost actor", asked);
            }
            return;
        }
        if (count > 1) {
            book.fault("doubled", asked);
        }
        if (!retried.contains(asked) && asked.token != null) {
            lookAtEffect(asked, count);
        }
    }

    /** Looks at a call, or at the last of those with one key. */
    private void lookAtEffect(Asked asked, int count) {
        boolean acknowledged = false;
        boolean nothing = true;
        for (Asked one = asked; one != null; one = one.retryOf) {
            acknowledged |= one.isReply();
            nothing &= one.saysNothingDone() || one.isThrown() && one.effect == Effect.TAKEN_BACK;
        }
        String type = type(asked.actorId);
        boolean durable = type.equals("committed") || type.equals("periodic") && asked.effect == Effect.SAVED;
        if (acknowledged && durable && count == 0 && isDurable(asked)) {
            book.fault("lost", asked);
        }
        if (nothing && count > 0) {
            String turns = asked.action.equals("addAndAnswerLater") ? ", in an earlier turn" : "";
            book.fault("done although told that it was not" + turns, type + ": " + asked);
        }
    }

    /** A plan that was acknowledged is planned or done. */
    private static boolean isDurable(Asked asked) {
        return asked.effect != Effect.NONE || asked.action.equals("plan");
    }

    private void look(Line line) {
        StoredActor stored = stored(line.actorId);
        if (stored == null || !stored.actor().name().equals("committed")) {
            return;
        }
        for (String token : line.seen) {
            if (count(line.actorId, token) == 0) {
                book.fault("seen but lost", token + " by " + line.id + " of " + line.actorId);
            }
        }
    }
}
