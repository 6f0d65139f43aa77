package org.thespis.runtime.jndi;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.settings.SettingException;
import org.thespis.runtime.settings.TypeOption;

/** Finds the executors that single actor types are to have. Used on a managed thread, when the application starts. */
public final class TypeExecutors {

    private TypeExecutors() {}

    /**
     * The executors by the names of the types.
     *
     * @throws SettingException if one is named that is not there, or is no executor
     */
    public static Map<String, Executor> of(Collection<ActorDefinition> types) {
        Map<String, Executor> found = new HashMap<>();
        for (ActorDefinition type : types) {
            type.options().executor().ifPresent(name -> found.put(type.name(), lookup(type, name)));
        }
        return found;
    }

    private static Executor lookup(ActorDefinition type, String name) {
        try {
            Object value = InitialContext.doLookup(name);
            if (value instanceof Executor executor) {
                return executor;
            }
        } catch (NamingException e) {
            throw wrong(type, name, e);
        }
        throw wrong(type, name, null);
    }

    private static SettingException wrong(ActorDefinition type, String name, NamingException why) {
        String entry = JndiSettings.find(TypeEntries.ROOT + "/" + type.name() + "/" + TypeOption.EXECUTOR.key())
                .map(JndiSettings.Entry::name)
                .orElse(TypeOption.EXECUTOR.member() + " of @Actor on "
                        + type.type().getName());
        SettingException wrong = SettingException.wrongValue(entry, TypeOption.EXECUTOR.rule(), name);
        wrong.initCause(why);
        return wrong;
    }
}
