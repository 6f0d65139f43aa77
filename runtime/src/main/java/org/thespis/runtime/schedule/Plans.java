package org.thespis.runtime.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.thespis.api.Schedule;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.document.JsonInput;
import org.thespis.runtime.document.JsonOutput;
import org.thespis.runtime.document.PlainJson;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.turn.Turns;

/** What one actor has planned; a part of its document. Used in turns. */
public final class Plans implements Schedule, DocumentPart {

    /** In place of a time when nothing is planned. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Its part of the document. */
    public static final String MEMBER = "schedule";

    private static final int MAX_PLANS = 1_000;
    private static final byte[] NO_ARGUMENTS = {'[', ']'};

    /**
     * One plan.
     *
     * @param next milliseconds of the epoch
     * @param cron null if it happens once
     * @param zone null if it happens once
     * @param json the arguments as they were when it was planned, a JSON array
     * @param planner as whom it is called
     */
    public record Plan(String id, long next, String action, String cron, String zone, byte[] json, Caller planner) {

        /** Plain values that nobody else has. */
        @SuppressWarnings("unchecked")
        public List<Object> arguments() {
            return (List<Object>) PlainJson.read(new JsonInput(json));
        }
    }

    private static final Crontab CRONTAB = new Crontab();

    private final Turns turns;
    private final Author author;
    private final Clock clock;
    private final Supplier<Caller> planner;
    private volatile long announced = NEVER; // what others look at
    private Map<String, Plan> plans = Map.of(); // another from the first plan on
    private Plan taken; // what the present turn was for
    private byte[] written; // null if something has changed since

    /** @param planner who plans, in the thread of a turn; may give null for nobody */
    public Plans(Turns turns, Author author, Clock clock, Supplier<Caller> planner) {
        this.turns = turns;
        this.author = author;
        this.clock = clock;
        this.planner = planner;
    }

    @Override
    public String after(Duration delay, String action, Object... arguments) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the delay is negative: " + delay);
        }
        return at(clock.instant().plus(delay), action, arguments);
    }

    @Override
    public String at(Instant time, String action, Object... arguments) {
        String id = UUID.randomUUID().toString();
        add(new Plan(id, time.toEpochMilli(), action, null, null, copy(arguments), planner()));
        return id;
    }

    @Override
    public void cron(String name, String expression, ZoneId zone, String action, Object... arguments) {
        Objects.requireNonNull(name, "a plan that comes again and again needs a name");
        long next = CRONTAB.next(expression, zone, clock.instant());
        if (next == NEVER) {
            throw new IllegalArgumentException("never comes true: " + expression);
        }
        add(new Plan(name, next, action, expression, zone.getId(), copy(arguments), planner()));
    }

    private Caller planner() {
        Caller now = planner.get();
        return now == null ? Caller.ANONYMOUS : new Caller(now.name(), now.roles()); // as it is read back
    }

    private void put(Plan plan) {
        written = null;
        if (plans.isEmpty()) {
            plans = new LinkedHashMap<>(4);
        }
        plans.put(plan.id, plan);
    }

    private void add(Plan plan) {
        turns.require();
        if (author.definition().action(plan.action) == null) {
            throw new IllegalArgumentException(author + " has no action " + plan.action);
        }
        if (plans.size() >= MAX_PLANS && !plans.containsKey(plan.id)) {
            throw new IllegalStateException(author + " has " + MAX_PLANS + " plans already");
        }
        put(plan);
    }

    /** As they are now. */
    private byte[] copy(Object... arguments) {
        try {
            return PlainJson.write(author.plainList(arguments));
        } catch (RuntimeException | StackOverflowError e) { // whatever a getter throws
            throw new IllegalArgumentException("what cannot be written cannot be planned", e);
        }
    }

    @Override
    public List<Planned> list() {
        turns.require();
        return plans.values().stream()
                .sorted(Comparator.comparingLong(Plan::next))
                .map(plan -> new Planned(
                        plan.id, Instant.ofEpochMilli(plan.next), plan.action, Optional.ofNullable(plan.cron)))
                .toList();
    }

    @Override
    public boolean cancel(String id) {
        turns.require();
        written = null;
        return plans.containsKey(id) && plans.remove(id) != null;
    }

    /** When the next plan is due, in milliseconds of the epoch, or {@link #NEVER}. */
    public long next() {
        return plans.isEmpty()
                ? NEVER
                : plans.values().stream().mapToLong(Plan::next).min().orElse(NEVER);
    }

    /** Takes out one plan that is due, and puts one that happens again in for its next time; null if none is due. */
    public Plan takeDue(Instant now) {
        Plan due = plans.values().stream()
                .filter(plan -> plan.next <= now.toEpochMilli())
                .min(Comparator.comparingLong(Plan::next))
                .orElse(null);
        if (due == null) {
            return null;
        }
        taken = due;
        advance(due, now);
        return due;
    }

    private void advance(Plan due, Instant now) {
        written = null;
        plans.remove(due.id);
        if (due.cron != null) {
            long again = CRONTAB.next(due.cron, ZoneId.of(due.zone), now);
            if (again != NEVER) {
                put(new Plan(due.id, again, due.action, due.cron, due.zone, due.json, due.planner));
            }
        }
    }

    /** What the turn did is taken back: the plan that it was for is not repeated all the same. */
    public void takeAgain() {
        Plan again = taken == null ? null : plans.get(taken.id);
        if (again != null && again.next == taken.next) {
            advance(again, clock.instant());
        }
    }

    /**
     * The turn has ended.
     *
     * @param more whether what is planned is to be called
     */
    public void turnOver(boolean more) {
        taken = null;
        announced = more ? next() : NEVER;
    }

    /** When the next plan is due, as the last turn left them. Any thread. */
    public long announced() {
        return announced;
    }

    @Override
    public String member() {
        return MEMBER;
    }

    @Override
    public boolean isEmpty() {
        return plans.isEmpty();
    }

    @Override
    public boolean isBounded() {
        return false; // their arguments may be of any length
    }

    @Override
    public byte[] json(Values values) {
        if (written == null) {
            JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
            char separator = '[';
            for (Plan plan : plans.values()) {
                out.sign(separator);
                write(plan, out);
                separator = ',';
            }
            out.sign(']');
            written = out.toByteArray();
        }
        return written;
    }

    private static void write(Plan plan, JsonOutput out) {
        member("{\"id\":", plan.id, out);
        out.raw(",\"next\":".getBytes(StandardCharsets.US_ASCII));
        out.number(plan.next);
        member(",\"action\":", plan.action, out);
        if (plan.cron != null) {
            member(",\"cron\":", plan.cron, out);
            member(",\"zone\":", plan.zone, out);
        }
        if (plan.planner.name() != null) {
            write(plan.planner, out);
        }
        out.raw(",\"arguments\":".getBytes(StandardCharsets.US_ASCII));
        out.raw(plan.json);
        out.sign('}');
    }

    private static void write(Caller planner, JsonOutput out) {
        member(",\"user\":", planner.name(), out);
        out.raw(",\"roles\":".getBytes(StandardCharsets.US_ASCII));
        char separator = '[';
        for (String role : new TreeSet<>(planner.roles())) {
            out.sign(separator);
            out.text(role);
            separator = ',';
        }
        if (separator == '[') {
            out.sign('[');
        }
        out.sign(']');
    }

    private static void member(String name, String text, JsonOutput out) {
        out.raw(name.getBytes(StandardCharsets.US_ASCII));
        out.text(text);
    }

    @Override
    public void read(byte[] json, Values values) {
        plans = Map.of();
        written = null;
        JsonInput in = new JsonInput(json);
        in.beginArray();
        while (in.nextElement()) {
            put(plan(in));
        }
    }

    private static Plan plan(JsonInput in) {
        Map<String, String> texts = new HashMap<>();
        long next = NEVER;
        byte[] arguments = NO_ARGUMENTS;
        Set<String> roles = new HashSet<>();
        in.beginObject();
        for (String name = in.nextKey(); name != null; name = in.nextKey()) {
            switch (name) {
                case "next" -> next = in.integer();
                case "arguments" -> arguments = in.slice();
                case "roles" -> {
                    in.beginArray();
                    while (in.nextElement()) {
                        roles.add(in.text());
                    }
                }
                default -> texts.put(name, in.text());
            }
        }
        if (texts.get("id") == null || texts.get("action") == null || next == NEVER) {
            throw new BindingException("its schedule cannot be read", null);
        }
        String user = texts.get("user");
        return new Plan(
                texts.get("id"),
                next,
                texts.get("action"),
                texts.get("cron"),
                texts.get("zone"),
                arguments,
                user == null ? Caller.ANONYMOUS : new Caller(user, roles));
    }
}
