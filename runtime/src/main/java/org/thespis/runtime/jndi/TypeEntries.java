package org.thespis.runtime.jndi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thespis.api.Durability;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AuthorSetting;
import org.thespis.runtime.jndi.JndiSettings.Entry;
import org.thespis.runtime.settings.ActionOptions;
import org.thespis.runtime.settings.RoleNames;
import org.thespis.runtime.settings.SettingException;
import org.thespis.runtime.settings.TypeOption;

/**
 * Reads what an installation says of single actor types, in the places of {@link JndiSettings}: {@code actors/TYPE/OPTION}, {@code
 * actors/TYPE/actions/ACTION/OPTION}, and what it says to the code of their authors, {@code actors/TYPE/settings/NAME}. Used on a
 * managed thread, when the application starts.
 */
public final class TypeEntries {

    private static final Logger LOG = System.getLogger(TypeEntries.class.getName());

    static final String ROOT = "actors";
    private static final String ACTIONS = "actions/";
    private static final String TIMEOUT = "timeout-millis";
    private static final Set<String> OF_ACTIONS = Set.of(TIMEOUT, TypeOption.ROLES.key());

    /** Names, in the server's own JNDI, of types that are other applications'. */
    private static final String OTHERS = "other-actors";

    private static final Set<String> OPTIONS =
            Stream.of(TypeOption.values()).map(TypeOption::key).collect(Collectors.toUnmodifiableSet());

    private static final String SETTINGS = "settings/";

    private final JndiSettings jndi;
    private final Collection<AuthorSetting> settings;

    /** @param settings those of authors that actor classes inject */
    public TypeEntries(JndiSettings jndi, Collection<AuthorSetting> settings) {
        this.jndi = jndi;
        this.settings = List.copyOf(settings);
    }

    /**
     * What the installation says to the code of an author, or the default.
     *
     * @throws SettingException if it must say something and does not, or if that is no such value
     */
    public static Object value(AuthorSetting setting) {
        Optional<Entry> said = JndiSettings.find(ROOT + "/" + setting.entry());
        if (said.isEmpty()) {
            return setting.orDefault();
        }
        Object value = setting.parse(said.get().name(), said.get().text());
        LOG.log(Level.INFO, "{0} is set", said.get().name()); // it may be a secret
        return value;
    }

    /**
     * The actor types as the installation wants them.
     *
     * @throws SettingException if an entry is for nothing that there is, or has a value that it cannot have
     */
    public List<ActorDefinition> configure(Collection<ActorDefinition> declared) {
        Map<String, ActorDefinition> types = declared.stream()
                .collect(Collectors.toMap(
                        ActorDefinition::name, type -> type, (one, other) -> one)); // refused elsewhere
        Set<String> others = others();
        for (String place : JndiSettings.PLACES) {
            for (String path : NamesBelow.deep(place + ROOT + "/")) {
                boolean mayBeOthers = !place.equals(JndiSettings.OF_APPLICATION);
                requireKnown(place + ROOT + "/", path, types, mayBeOthers ? others : Set.of());
            }
        }
        return declared.stream().map(this::configure).toList();
    }

    private Set<String> others() {
        return new HashSet<>(Arrays.asList(jndi.text(OTHERS, "").split("[,\\s]+")));
    }

    private void requireKnown(String place, String path, Map<String, ActorDefinition> types, Set<String> others) {
        Optional<ActorDefinition> type = types.values().stream()
                .filter(t -> path.startsWith(t.name() + "/"))
                .max(Comparator.comparingInt(t -> t.name().length())); // of a/b and a
        if (type.isPresent()) {
            requireOption(place + path, path.substring(type.get().name().length() + 1), type.get());
            return;
        }
        String name = path.replaceFirst("/.*", "");
        if (types.containsKey(name)) {
            throw SettingException.unknownName(place + path, "names no option", "");
        }
        if (!others.contains("*") && !others.contains(name)) {
            String meant = SettingNames.hint(name, types.keySet());
            boolean ofApplication = place.startsWith(JndiSettings.OF_APPLICATION);
            throw SettingException.unknownType(
                    place + path,
                    name,
                    meant
                            + (ofApplication
                                    ? ""
                                    : "; if they are another application's, name them in thespis/" + OTHERS));
        }
    }

    private void requireOption(String entry, String option, ActorDefinition type) {
        if (option.startsWith(ACTIONS)) {
            requireAction(entry, option.substring(ACTIONS.length()), type);
        } else if (option.startsWith(SETTINGS)) {
            requireSetting(entry, option.substring(SETTINGS.length()), type);
        } else if (!OPTIONS.contains(option)) {
            throw SettingException.unknownName(entry, "is no option of actors", SettingNames.hint(option, OPTIONS));
        }
    }

    private void requireSetting(String entry, String name, ActorDefinition type) {
        Set<String> known = settings.stream()
                .filter(setting -> setting.actor().equals(type.name()))
                .map(AuthorSetting::name)
                .collect(Collectors.toSet());
        if (!known.contains(name)) {
            throw SettingException.unknownName(
                    entry, "is injected nowhere in " + type.type().getName(), SettingNames.hint(name, known));
        }
    }

    private static void requireAction(String entry, String rest, ActorDefinition type) {
        int slash = rest.lastIndexOf('/');
        String action = slash < 0 ? rest : rest.substring(0, slash);
        if (!type.actionNames().contains(action)) {
            throw SettingException.unknownName(
                    entry,
                    "is for no action of " + type.type().getName(),
                    SettingNames.hint(action, type.actionNames()));
        }
        String option = slash < 0 ? "" : rest.substring(slash + 1);
        if (!OF_ACTIONS.contains(option)) {
            throw SettingException.unknownName(entry, "is no option of actions", SettingNames.hint(option, OF_ACTIONS));
        }
    }

    private ActorDefinition configure(ActorDefinition declared) {
        String root = ROOT + "/" + declared.name() + "/";
        Map<TypeOption, Object> said = new EnumMap<>(TypeOption.class);
        for (TypeOption option : TypeOption.values()) {
            JndiSettings.find(root + option.key()).ifPresent(entry -> said.put(option, value(entry, option, declared)));
        }
        Map<String, ActionOptions> ofActions = declared.actionNames().stream()
                .collect(Collectors.toMap(
                        action -> action, action -> ofAction(root + ACTIONS + action + "/", declared)));
        return declared.configured(declared.options().with(said), ofActions);
    }

    private static ActionOptions ofAction(String root, ActorDefinition type) {
        return new ActionOptions(
                JndiSettings.find(root + TIMEOUT)
                        .map(entry -> (Duration) value(entry, TypeOption.ACTION_TIMEOUT, type)),
                JndiSettings.find(root + TypeOption.ROLES.key())
                        .map(entry -> (RoleNames) value(entry, TypeOption.ROLES, type)));
    }

    private static Object value(Entry entry, TypeOption option, ActorDefinition type) {
        String text = entry.text();
        Object value =
                option.parse(text).orElseThrow(() -> SettingException.wrongValue(entry.name(), option.rule(), text));
        if (value instanceof Durability durability) {
            type.whyNot(durability).ifPresent(why -> {
                throw SettingException.unfit(entry.name(), durability, why);
            });
        }
        LOG.log(Level.INFO, "{0} = {1}", entry.name(), value);
        return value;
    }
}
