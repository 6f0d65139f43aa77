package org.thespis.host;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.instance.ActorContainer;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.TypeEntries;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.TypeOption;

/** Reads settings again while the application runs. Used on a managed thread. */
final class SettingsReload {

    private static final Logger LOG = System.getLogger(SettingsReload.class.getName());
    private static final String LATER = ": a redeployment is needed";

    private final ActorSystem system;
    private final JndiSettings jndi;
    private final TypeEntries entries;
    private final Collection<ActorDefinition> declared;

    /** @param declared the types as their annotations say */
    SettingsReload(ActorSystem system, JndiSettings jndi, TypeEntries entries, Collection<ActorDefinition> declared) {
        this.system = system;
        this.jndi = jndi;
        this.entries = entries;
        this.declared = List.copyOf(declared);
    }

    /**
     * Lets count what may change.
     *
     * @param mayApply asked once, when all has been read; if it says no, nothing changes
     * @return what has changed, and what needs a redeployment
     * @throws IllegalArgumentException if something cannot be meant so; then all is as before
     */
    synchronized List<String> run(BooleanSupplier mayApply) {
        List<ActorDefinition> wanted = entries.configure(declared);
        ActorSettings general = HostSettings.actors(jndi);
        if (!mayApply.getAsBoolean()) {
            return List.of();
        }
        List<String> told = new ArrayList<>();
        compareGeneral(general, told);
        wanted.forEach(type -> compare(type, general, told));
        system.change(general, wanted);
        told.forEach(line -> LOG.log(Level.INFO, "settings read again: {0}", line));
        return told;
    }

    private void compareGeneral(ActorSettings general, List<String> told) {
        ActorSettings running = system.settings();
        if (!running.commitTimeout().equals(general.commitTimeout())) {
            told.add("commit-timeout-millis" + LATER);
        }
        if (running.state().verify() != general.state().verify()) {
            told.add("verify-state" + LATER);
        }
    }

    private void compare(ActorDefinition wanted, ActorSettings general, List<String> told) {
        ActorContainer container = system.container(wanted.name()).orElseThrow();
        ActorDefinition running = container.definition();
        ActorSettings after = wanted.options().over(general);
        for (TypeOption option : TypeOption.values()) {
            String name = wanted.name() + "/" + option.key();
            if (option.mayChange()) {
                Object old = option.general(container.settings());
                Object now = option.general(after);
                if (!old.equals(now)) {
                    told.add(name + ": " + old + " -> " + now);
                }
            } else if (!said(running, option).equals(said(wanted, option))) {
                told.add(name + LATER);
            }
        }
        for (String action : wanted.actionNames()) {
            if (isOther(running.action(action), wanted.action(action))) {
                told.add(wanted.name() + "/actions/" + action + LATER);
            }
        }
    }

    private static boolean isOther(ActionMethod one, ActionMethod other) {
        return !one.timeout().equals(other.timeout()) || !one.access().equals(other.access());
    }

    private static Optional<Object> said(ActorDefinition type, TypeOption option) {
        return type.options().said(option);
    }
}
