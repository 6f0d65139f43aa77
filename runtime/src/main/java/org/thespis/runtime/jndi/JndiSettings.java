package org.thespis.runtime.jndi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;

/**
 * Reads settings by name: the entry {@code java:app/env/thespis/NAME} of the application comes first, then {@code
 * thespis/NAME} in the server's own JNDI. Used on a managed thread, when the application starts.
 */
public final class JndiSettings {

    private static final Logger LOG = System.getLogger(JndiSettings.class.getName());
    private static final List<String> PLACES = List.of("java:app/env/thespis/", "thespis/");

    /** Where an entry that is not named in full may lie, and nobody looks. */
    private static final String ELSEWHERE = "java:comp/env/thespis/";

    /** Unknown names that are told of. */
    private static final int MAX_TOLD = 100;

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

    /**
     * Says in the log which names are there that are no settings, or where nobody looks.
     *
     * @param others what may lie beside the settings
     */
    public void tellUnknown(Set<String> others) {
        for (String place : PLACES) {
            for (String name : names(place)) {
                if (!SettingNames.all().contains(name) && !others.contains(name)) {
                    LOG.log(
                            Level.WARNING,
                            "{0}{1} is no setting of Thespis{2}",
                            place,
                            name,
                            SettingNames.nearest(name)
                                    .map(meant -> "; is " + meant + " meant?")
                                    .orElse(""));
                }
            }
        }
        for (String name : names(ELSEWHERE)) {
            LOG.log(Level.WARNING, "{0}{1} is not looked at; call it {2}{1}", ELSEWHERE, name, PLACES.get(0));
        }
    }

    /** Servers that cannot list have nothing unknown. */
    private static List<String> names(String place) {
        List<String> names = new ArrayList<>();
        try {
            NamingEnumeration<NameClassPair> found = new InitialContext().list(place.substring(0, place.length() - 1));
            while (names.size() < MAX_TOLD && found.hasMore()) {
                String name = found.next().getName();
                names.add(name.substring(name.lastIndexOf('/') + 1)); // Payara gives it in full
            }
            found.close();
        } catch (NamingException | RuntimeException e) {
            LOG.log(Level.TRACE, "nothing to list at " + place, e);
        }
        return names;
    }
}
