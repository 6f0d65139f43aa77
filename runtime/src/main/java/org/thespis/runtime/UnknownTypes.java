package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/** Says, once each, of which types the store has actors that the application does not have. Any thread. */
final class UnknownTypes {

    private static final Logger LOG = System.getLogger(UnknownTypes.class.getName());

    /** Names that are told; of more nothing is said. */
    static final int MAX_TOLD = 100;

    private final Set<String> told = new HashSet<>(); // guarded by this

    /** Somebody asked for a stored actor of that type. */
    void found(String name) {
        if (isNew(name)) {
            LOG.log(
                    Level.WARNING,
                    "The store has actors of the type {0}, which this application does not have:"
                            + " they are left to the one that has it",
                    name);
        }
    }

    private synchronized boolean isNew(String name) {
        return told.size() < MAX_TOLD && told.add(name);
    }
}
