package org.thespis.runtime.jndi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.thespis.runtime.settings.Durations;
import org.thespis.runtime.settings.SettingException;

/**
 * Reads settings by name: the entry {@code java:app/env/thespis/NAME} of the application comes first, then {@code
 * thespis/NAME} in the server's own JNDI. Used on a managed thread, when the application starts.
 */
public final class JndiSettings {

    private static final Logger LOG = System.getLogger(JndiSettings.class.getName());
    static final String OF_APPLICATION = "java:app/env/thespis/";
    static final List<String> PLACES = List.of(OF_APPLICATION, "thespis/");

    /** Where an entry that is not named in full may lie, and nobody looks. */
    private static final String ELSEWHERE = "java:comp/env/thespis/";

    /**
     * What was found.
     *
     * @param name in full
     */
    record Entry(String name, Object value) {

        /** @throws SettingException if it is nothing that is written as text */
        String text() {
            if (value instanceof String
                    || value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Character) {
                return value.toString();
            }
            throw SettingException.wrongValue(
                    name, "a text, a number or a boolean", value.getClass().getName());
        }
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if there is a value that is none
     */
    public long number(String name, long byDefault) {
        Optional<Object> value = lookup(name);
        try {
            return value.map(v -> Long.parseLong(v.toString().trim())).orElse(byDefault);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("thespis/" + name + " must be a whole number, was " + value.get(), e);
        }
    }

    /**
     * A whole number that fits an {@code int}.
     *
     * @throws IllegalArgumentException if there is a value that is none
     */
    public int integer(String name, int byDefault) {
        long value = number(name, byDefault);
        if (value != (int) value) {
            throw new IllegalArgumentException(
                    "thespis/" + name + " must be at most " + Integer.MAX_VALUE + ", was " + value);
        }
        return (int) value;
    }

    /**
     * A duration, see {@link Durations}.
     *
     * @throws IllegalArgumentException if there is a value that is none
     */
    public Duration duration(String name, Duration byDefault) {
        return lookup(name).map(value -> duration(name, value.toString())).orElse(byDefault);
    }

    /**
     * The same as somebody else has read it.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Duration duration(String name, String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "thespis/" + name + " must be " + Durations.RULE + ", was " + text));
    }

    public String text(String name, String byDefault) {
        return lookup(name).map(Object::toString).orElse(byDefault);
    }

    /** A text that is in no log and no error; empty if there is none. */
    public String secret(String name) {
        return find(name).map(entry -> entry.value.toString()).orElse("");
    }

    private static Optional<Object> lookup(String name) {
        Optional<Entry> found = find(name);
        found.ifPresent(entry -> LOG.log(Level.INFO, "{0} = {1}", entry.name, entry.value));
        return found.map(Entry::value);
    }

    /** What lies under a name, the application's first; says nothing in the log. */
    static Optional<Entry> find(String name) {
        for (String place : PLACES) {
            try {
                Object value = new InitialContext().lookup(place + name);
                if (value != null) {
                    return Optional.of(new Entry(place + name, value));
                }
            } catch (NamingException e) {
                LOG.log(Level.TRACE, "nothing at " + place + name, e);
            }
        }
        return Optional.empty();
    }

    /**
     * Says in the log which names are there that are no settings, or where nobody looks.
     *
     * @param others what may lie beside the settings
     * @throws SettingException if a setting is bound and cannot be looked up: what is closed by it must not run open
     */
    public void tellUnknown(Set<String> others) {
        for (String place : PLACES) {
            for (String name : NamesBelow.of(place)) {
                if (SettingNames.all().contains(name)) {
                    NamesBelow.isValue(place + name);
                } else if (!others.contains(name) && !name.equals(TypeEntries.ROOT)) {
                    LOG.log(
                            Level.WARNING,
                            "{0}{1} is no setting of Thespis{2}",
                            place,
                            name,
                            SettingNames.hint(name, SettingNames.all()));
                }
            }
        }
        for (String name : NamesBelow.of(ELSEWHERE)) {
            LOG.log(Level.WARNING, "{0}{1} is not looked at; call it {2}{1}", ELSEWHERE, name, OF_APPLICATION);
        }
    }
}
