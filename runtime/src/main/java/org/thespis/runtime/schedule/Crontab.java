package org.thespis.runtime.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Expressions of crontab, and when they come true. Those that were used last are kept as they were parsed. Any thread. */
final class Crontab {

    private static final int MAX_KEPT = 256;

    /** Longer ones are parsed each time. */
    private static final int MAX_LENGTH = 256;

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final Map<String, ExecutionTime> kept = new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ExecutionTime> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    /**
     * The next time at which an expression comes true, in milliseconds of the epoch; {@link Plans#NEVER} if it does not.
     *
     * @throws IllegalArgumentException if it is none
     */
    long next(String expression, ZoneId zone, Instant from) {
        return parsed(expression)
                .nextExecution(from.atZone(zone))
                .map(next -> next.toInstant().toEpochMilli())
                .orElse(Plans.NEVER);
    }

    private ExecutionTime parsed(String expression) {
        synchronized (kept) {
            ExecutionTime known = kept.get(expression);
            if (known != null) {
                return known;
            }
        }
        ExecutionTime parsed = ExecutionTime.forCron(PARSER.parse(expression));
        if (expression.length() <= MAX_LENGTH) {
            synchronized (kept) {
                kept.put(expression, parsed);
            }
        }
        return parsed;
    }

    int kept() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
