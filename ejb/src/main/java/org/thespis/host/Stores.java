package org.thespis.host;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.thespis.api.spi.StateStore;
import org.thespis.host.jdbc.JdbcStateStore;
import org.thespis.host.jdbc.Jta;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.settings.TypeOption;

/** Opens the store that the server has for actors. */
final class Stores {

    private static final Logger LOG = System.getLogger(Stores.class.getName());
    private static final String DEFAULT_NAME = "thespis/DataSource";

    private Stores() {}

    /** The names under which data sources and executors, of all types and of single ones, may lie beside the settings. */
    static Set<String> names(JndiSettings jndi, Collection<ActorDefinition> types) {
        Stream<String> ofTypes = types.stream().flatMap(type -> Stream.of(TypeOption.DATA_SOURCE, TypeOption.EXECUTOR)
                .flatMap(option -> type.options().name(option).stream()));
        return Stream.concat(Stream.of(DEFAULT_NAME, name(jndi)), ofTypes)
                .flatMap(name -> JndiSettings.firstBelow(name).stream())
                .collect(Collectors.toSet());
    }

    /** The name of the data source for all actors. */
    static String name(JndiSettings jndi) {
        return jndi.text("data-source", DEFAULT_NAME);
    }

    /**
     * The database of the data source named by the setting {@code data-source}. Without the setting it is looked for under
     * its default name, and without one there the state is kept in memory.
     *
     * @param jta the transactions that it may take part in
     * @throws IllegalStateException if the setting names no data source
     * @throws org.thespis.api.spi.StoreException if the database is out of reach
     */
    static StateStore open(JndiSettings jndi, Jta jta) {
        String named = jndi.text("data-source", "");
        Optional<DataSource> found = shared(jndi);
        if (found.isPresent()) {
            return JdbcStateStore.open(found.get(), jta);
        }
        if (!named.isEmpty()) {
            throw new IllegalStateException(
                    "thespis/data-source names " + named + ", and there is no such data source");
        }
        LOG.log(
                Level.WARNING,
                "There is no data source {0}: the state of actors is kept in memory and ends with the application",
                DEFAULT_NAME);
        return new MemoryStateStore();
    }

    /** The data source that {@link #open} opens. */
    static Optional<DataSource> shared(JndiSettings jndi) {
        return lookup(name(jndi));
    }

    /** Payara wraps it. */
    private static boolean isNotFound(NamingException e) {
        return e instanceof NameNotFoundException || e.getRootCause() instanceof NameNotFoundException;
    }

    private static Optional<DataSource> lookup(String name) {
        try {
            return Optional.of(InitialContext.doLookup(name));
        } catch (NamingException e) {
            if (isNotFound(e)) {
                return Optional.empty();
            }
            throw new IllegalStateException("the data source " + name + " cannot be looked up", e);
        }
    }
}
