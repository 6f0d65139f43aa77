package org.thespis.runtime.jndi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import org.thespis.runtime.settings.SettingException;

/** Lists what is bound below a name. Servers that cannot list have nothing there. */
final class NamesBelow {

    private static final Logger LOG = System.getLogger(NamesBelow.class.getName());

    /** Names of one place that are looked at. */
    static final int MAX_NAMES = 2_000;

    /** Parts of a name below the first one: a type, {@code actions}, an action, and what is said of it; some to spare. */
    private static final int MAX_DEPTH = 12;

    private NamesBelow() {}

    /** The names right below a place. */
    static List<String> of(String place) {
        List<String> names = new ArrayList<>();
        try {
            NamingEnumeration<NameClassPair> found = new InitialContext().list(place.replaceFirst("/$", ""));
            while (names.size() <= MAX_NAMES && found.hasMore()) {
                String name = found.next().getName();
                names.add(name.substring(name.lastIndexOf('/') + 1)); // Payara gives it in full
            }
            found.close();
        } catch (NamingException | RuntimeException e) {
            LOG.log(Level.TRACE, "nothing to list at " + place, e);
        }
        return names;
    }

    /**
     * The names of all values below a place, as seen from there.
     *
     * @throws SettingException if there are more than anybody means, or one cannot be looked up
     */
    static List<String> deep(String place) {
        List<String> values = new ArrayList<>();
        collect(place, "", MAX_DEPTH, values);
        return values;
    }

    private static void collect(String place, String path, int depth, List<String> values) {
        for (String name : of(place + path)) {
            if (depth == 0 || values.size() >= MAX_NAMES) {
                throw SettingException.tooMany(place, MAX_NAMES);
            }
            int before = values.size();
            collect(place, path + name + "/", depth - 1, values);
            if (values.size() == before && isValue(place + path + name)) {
                values.add(path + name);
            }
        }
    }

    /**
     * Whether a name that is there has a value: servers leave contexts behind in which nothing lies any more.
     *
     * @throws SettingException if it cannot be looked up
     */
    static boolean isValue(String name) {
        try {
            Object value = new InitialContext().lookup(name);
            return value != null && !(value instanceof Context);
        } catch (NamingException e) { // rather than to run without what somebody has said
            throw SettingException.broken(name, e);
        }
    }
}
