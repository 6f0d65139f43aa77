package org.thespis.runtime.jndi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Reads settings by name: the entry {@code java:app/env/thespis/NAME} of the application comes first, then {@code
 * thespis/NAME} in the server's own JNDI. Used on a managed thread, when the application starts.
 */
public final class JndiSettings {

    private static final Logger LOG = System.getLogger(JndiSettings.class.getName());
    private static final List<String> PLACES = List.of("java:app/env/thespis/", "thespis/");

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

    public String text(String name, String byDefault) {
        return lookup(name).map(Object::toString).orElse(byDefault);
    }

    private static Optional<Object> lookup(String name) {
        for (String place : PLACES) {
            try {
                Object value = new InitialContext().lookup(place + name);
                if (value != null) {
                    LOG.log(Level.INFO, "{0}{1} = {2}", place, name, value);
                    return Optional.of(value);
                }
            } catch (NamingException e) {
                LOG.log(Level.TRACE, "nothing at " + place + name, e);
            }
        }
        return Optional.empty();
    }
}
