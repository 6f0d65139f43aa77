package org.thespis.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Calls actions of an actor later. What is scheduled is part of the actor's durable state: it is there when the turn that
 * scheduled it is durable, it wakes the actor, and it happens once after a sleep, a crash or a redeployment; what is late
 * happens at once. A call runs in a turn of its own, without a connection; if it throws, that is logged and it is not
 * repeated; while a {@link java.util.concurrent.CompletionStage} that it returns has not completed, it keeps the actor awake.
 *
 * <p>A call comes within about 100 milliseconds of its time if the actor is free, one that sleeps included: it is woken up to
 * a second before. What is due together is called one after the other without a pause. An actor that cannot be woken is
 * tried again after 5 seconds, then less and less often, and keeps no other waiting. The plans of an actor of {@link
 * Durability#NONE} are kept in memory only, and keep it there.
 *
 * <p>What is planned is kept as a time of day: where the clock of a server that is ahead is set right, what it planned comes as much later.
 *
 * <p>Use it only inside a turn of the actor.
 */
public interface Schedule {

    /**
     * What is going to happen.
     *
     * @param id names it for {@link #cancel}
     * @param next when it happens next
     * @param cron the expression, if it happens again and again
     */
    record Planned(String id, Instant next, String action, Optional<String> cron) {}

    /**
     * Calls an action after a time of at least 0.
     *
     * @param arguments plain or such that JSON-B can write them; copies are kept as they are now
     * @return the id of the plan
     * @throws IllegalArgumentException if the actor has no such action, the delay is negative, or an argument cannot be
     *     written
     * @throws IllegalStateException if too much is planned already
     */
    String after(Duration delay, String action, Object... arguments);

    /** Calls an action at a time; at once if that has passed. See {@link #after}. */
    String at(Instant time, String action, Object... arguments);

    /**
     * Calls an action again and again. A plan of the same name is replaced.
     *
     * @param name names the plan, in place of an id; never null
     * @param expression as in crontab: minute, hour, day of the month, month, day of the week
     * @param zone where the clock hangs
     * @throws IllegalArgumentException if the expression is none, or never comes true
     */
    void cron(String name, String expression, ZoneId zone, String action, Object... arguments);

    /** All that is planned, the next first. */
    List<Planned> list();

    /** Forgets a plan; false if there was none of that id or name. */
    boolean cancel(String id);
}
