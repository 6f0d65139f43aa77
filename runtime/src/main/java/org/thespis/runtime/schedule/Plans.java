package org.thespis.runtime.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.thespis.api.Schedule;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.turn.Turns;

/** What one actor has planned; a part of its document. Used in turns. */
public final class Plans implements Schedule, DocumentPart {

    /** In place of a time when nothing is planned. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int MAX_PLANS = 1_000;

    /**
     * One plan.
     *
     * @param next milliseconds of the epoch
     * @param cron null if it happens once
     * @param zone null if it happens once
     * @param arguments plain values that went through JSON
     */
    public record Plan(String id, long next, String action, String cron, String zone, List<Object> arguments) {}

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final Turns turns;
    private final Author author;
    private final Clock clock;
    private Map<String, Plan> plans = Map.of(); // another from the first plan on
    private Plan taken; // what the present turn was for

    public Plans(Turns turns, Author author, Clock clock) {
        this.turns = turns;
        this.author = author;
        this.clock = clock;
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
        add(new Plan(id, time.toEpochMilli(), action, null, null, copy(arguments)));
        return id;
    }

    @Override
    public void cron(String name, String expression, ZoneId zone, String action, Object... arguments) {
        long next = next(expression, zone, clock.instant());
        if (next == NEVER) {
            throw new IllegalArgumentException("never comes true: " + expression);
        }
        add(new Plan(name, next, action, expression, zone.getId(), copy(arguments)));
    }

    private void put(Plan plan) {
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

    /** As they will come back from the store. */
    @SuppressWarnings("unchecked")
    private List<Object> copy(Object... given) {
        Object[] arguments = given == null ? new Object[1] : given; // a null in the place of the only argument
        Values values = author.values();
        return (List<Object>) values.fromJson(values.json(Arrays.asList(arguments), List.class), Object.class);
    }

    private static long next(String expression, ZoneId zone, Instant from) {
        Cron cron = PARSER.parse(expression);
        return ExecutionTime.forCron(cron)
                .nextExecution(from.atZone(zone))
                .map(next -> next.toInstant().toEpochMilli())
                .orElse(NEVER);
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
        plans.remove(due.id);
        if (due.cron != null) {
            long again = next(due.cron, ZoneId.of(due.zone), now);
            if (again != NEVER) {
                put(new Plan(due.id, again, due.action, due.cron, due.zone, due.arguments));
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

    /** The turn has ended. */
    public void turnOver() {
        taken = null;
    }

    @Override
    public String member() {
        return "schedule";
    }

    @Override
    public boolean isEmpty() {
        return plans.isEmpty();
    }

    @Override
    public String json(Values values) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Plan plan : plans.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", plan.id);
            one.put("next", plan.next);
            one.put("action", plan.action);
            if (plan.cron != null) {
                one.put("cron", plan.cron);
                one.put("zone", plan.zone);
            }
            one.put("arguments", plan.arguments);
            all.add(one);
        }
        return values.json(all, List.class);
    }

    @Override
    public void read(JsonArray all, Values values) {
        plans = Map.of();
        try {
            for (JsonValue value : all) {
                JsonObject one = value.asJsonObject();
                @SuppressWarnings("unchecked")
                List<Object> arguments = (List<Object>)
                        values.fromJson(one.getJsonArray("arguments").toString(), Object.class);
                Plan plan = new Plan(
                        one.getString("id"),
                        one.getJsonNumber("next").longValueExact(),
                        one.getString("action"),
                        one.getString("cron", null),
                        one.getString("zone", null),
                        arguments);
                put(plan);
            }
        } catch (ClassCastException | NullPointerException | ArithmeticException e) {
            throw new BindingException("its schedule cannot be read", e);
        }
    }
}
