package org.thespis.runtime.jndi;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.settings.SettingException;
import org.thespis.runtime.settings.TypeOption;

/**
 * What of the server a single actor type is to have, by its name. Used on a managed thread, when the application starts.
 *
 * @param name under which it lies
 */
public record NamedResource<T>(String name, T resource) {

    /**
     * The resources by the names of the types that have one of their own.
     *
     * @param option says the name
     * @throws SettingException if one is named that is not there, or is something else
     */
    public static <T> Map<String, NamedResource<T>> of(
            Collection<ActorDefinition> types, TypeOption option, Class<T> kind) {
        Map<String, NamedResource<T>> found = new HashMap<>();
        for (ActorDefinition type : types) {
            Optional<String> name = type.options().name(option);
            name.ifPresent(some -> found.put(type.name(), lookup(type, option, some, kind)));
        }
        return found;
    }

    private static <T> NamedResource<T> lookup(ActorDefinition type, TypeOption option, String name, Class<T> kind) {
        try {
            Object value = InitialContext.doLookup(name);
            if (kind.isInstance(value)) {
                return new NamedResource<>(name, kind.cast(value));
            }
        } catch (NamingException e) {
            throw wrong(type, option, name, e);
        }
        throw wrong(type, option, name, null);
    }

    private static SettingException wrong(ActorDefinition type, TypeOption option, String name, NamingException why) {
        String entry = JndiSettings.find(TypeEntries.ROOT + "/" + type.name() + "/" + option.key())
                .map(JndiSettings.Entry::name)
                .orElse(option.member() + " of @Actor on " + type.type().getName());
        SettingException wrong = SettingException.wrongValue(entry, option.rule(), name);
        wrong.initCause(why);
        return wrong;
    }
}
