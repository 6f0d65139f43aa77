package org.thespis.host.jdbc;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Schedule;
import org.thespis.api.State;
import org.thespis.api.UserException;

/** What documents of format 1 hold besides the fields of declared types: plans, answers, and values of no declared type. */
@Actor("older")
public class OlderActor {

    static final Instant PAST = Instant.parse("2020-01-02T03:04:05Z");
    static final Instant FUTURE = Instant.parse("2999-01-02T03:04:05.006Z");

    ActorContext actor;

    @State
    int turns;

    @State
    List<String> rung = new ArrayList<>();

    @State
    Map<String, Object> anything = new HashMap<>();

    @State
    List<Object> list = new ArrayList<>();

    @Action
    public void plan() {
        actor.schedule().at(PAST, "ring", "late", 1, List.of(1.5, "x"));
        actor.schedule().at(FUTURE, "ring", "early", (1L << 53) + 1, List.of());
        actor.schedule().cron("nightly", "30 2 * * *", ZoneId.of("Europe/Berlin"), "ring", "again", 3, List.of());
    }

    @Action
    public void ring(String word, long number, List<Object> rest) {
        rung.add(word + " " + number + " " + rest);
    }

    @Action
    public List<String> rung() {
        return rung;
    }

    @Action
    public List<String> planned() {
        return actor.schedule().list().stream().map(OlderActor::shown).toList();
    }

    private static String shown(Schedule.Planned plan) {
        String when = plan.cron().orElseGet(() -> plan.next().toString());
        return plan.action() + " " + when;
    }

    @Action
    public void hold() {
        anything.putAll(Map.of(
                "int", 5, "long", (1L << 53) + 1, "fraction", 0.5, "text", "t", "yes", true, "list", List.of(1, "a")));
        anything.put("decimal", new BigDecimal("1.10"));
        anything.put("date", LocalDate.of(2026, 1, 2));
        anything.put("map", Map.of("a", Map.of("b", List.of())));
        anything.put("null", null);
        list.addAll(List.of(5, (1L << 53) + 1, 0.5, "t", true, List.of(), Map.of("a", 1)));
        list.add(null);
    }

    /** What is held, with the classes of it. */
    @Action
    public List<String> held() {
        List<String> shown = new ArrayList<>();
        anything.forEach((key, value) -> shown.add(key + " " + shown(value)));
        shown.sort(null);
        list.forEach(value -> shown.add(shown(value)));
        return shown;
    }

    private static String shown(Object value) {
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    @Action
    public int turn() {
        return ++turns;
    }

    @Action
    public Map<String, Object> rich() {
        turns++;
        return Map.of("n", 1, "list", List.of(1.5, "x", true), "bytes", new byte[] {1, -2});
    }

    @Action
    public void fail() {
        turns++;
        throw new UserException("no", "Not this time", Map.of("why", List.of(1, 2)));
    }
}
