package org.thespis.runtime.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.thespis.api.Actor;
import org.thespis.api.Durability;

/** What is said of one actor type. Immutable. */
public final class TypeOptions {

    private final Map<TypeOption, Object> said;

    private TypeOptions(Map<TypeOption, Object> said) {
        this.said = said;
    }

    /**
     * What the annotation says.
     *
     * @throws IllegalArgumentException that names a member that is out of range, and its rule
     */
    public static TypeOptions of(Actor actor) {
        Map<TypeOption, Object> said = new EnumMap<>(TypeOption.class);
        for (TypeOption option : TypeOption.values()) {
            option.annotated(actor).ifPresent(value -> said.put(option, value));
        }
        return new TypeOptions(said);
    }

    /** The same with what somebody says who counts more. */
    public TypeOptions with(Map<TypeOption, ?> others) {
        Map<TypeOption, Object> both = new EnumMap<>(said);
        both.putAll(others);
        return new TypeOptions(both);
    }

    public Durability durability() {
        return (Durability) said.getOrDefault(TypeOption.DURABILITY, Durability.COMMIT);
    }

    /** Who may do what is said of nothing in particular; empty if that is for the annotations to say. */
    public Optional<RoleNames> roles() {
        return Optional.ofNullable((RoleNames) said.get(TypeOption.ROLES));
    }

    /** Who may create an actor; empty likewise. */
    public Optional<RoleNames> createRoles() {
        return Optional.ofNullable((RoleNames) said.get(TypeOption.CREATE_ROLES));
    }

    /** The JNDI name of something that the type has of its own; empty if it has nothing such. */
    public Optional<String> name(TypeOption option) {
        return Optional.ofNullable((String) said.get(option));
    }

    /** What is said of it; empty if nothing is. */
    public Optional<Object> said(TypeOption option) {
        return Optional.ofNullable(said.get(option));
    }

    /** The settings of the type: what is said of it, and for the rest those for all actors. */
    public ActorSettings over(ActorSettings general) {
        return new ActorSettings(
                value(TypeOption.ACTION_TIMEOUT, general),
                value(TypeOption.CREATE_TIMEOUT, general),
                value(TypeOption.SLEEP_TIMEOUT, general),
                value(TypeOption.SLEEP_GRACE, general),
                general.commitTimeout(),
                value(TypeOption.MAX_WAITING_CALLS, general),
                value(TypeOption.MAX_SUBSCRIPTIONS, general),
                new HookSettings(value(TypeOption.CONNECT_TIMEOUT, general), value(TypeOption.HOOK_TIMEOUT, general)),
                new StateSettings(
                        general.state().verify(),
                        value(TypeOption.MAX_STATE_BYTES, general),
                        value(TypeOption.ENTRY_CACHE_BYTES, general),
                        value(TypeOption.ENTRY_READ_TIMEOUT, general)));
    }

    @SuppressWarnings("unchecked") // by its kind
    private <T> T value(TypeOption option, ActorSettings general) {
        Object value = said.get(option);
        return (T) (value == null ? option.general(general) : value);
    }
}
