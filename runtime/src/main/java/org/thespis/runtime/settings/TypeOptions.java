package org.thespis.runtime.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.thespis.api.Actor;
import org.thespis.api.CreatedBy;
import org.thespis.api.Durability;
import org.thespis.api.LogLevel;

/** What is said of one actor type. Immutable. */
public final class TypeOptions {

    private final Map<TypeOption, Object> said;
    private final ClientLimits clients;

    private TypeOptions(Map<TypeOption, Object> said) {
        this.said = said;
        this.clients = new ClientLimits(
                find(TypeOption.ALLOWED_ORIGINS),
                find(TypeOption.MAX_INCOMING_BYTES),
                find(TypeOption.MAX_LOW_LEVEL_INCOMING_BYTES),
                find(TypeOption.MAX_OUTGOING_BYTES),
                find(TypeOption.MAX_BODY_BYTES));
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

    /** The same with what cannot change while actors live as it is there. */
    public TypeOptions keeping(TypeOptions running) {
        Map<TypeOption, Object> both = new EnumMap<>(TypeOption.class);
        for (TypeOption option : TypeOption.values()) {
            TypeOptions who = option.mayChange() ? this : running;
            who.said(option).ifPresent(value -> both.put(option, value));
        }
        return new TypeOptions(both);
    }

    public Durability durability() {
        return (Durability) said.getOrDefault(TypeOption.DURABILITY, Durability.COMMIT);
    }

    public CreatedBy createdBy() {
        return (CreatedBy) said.getOrDefault(TypeOption.CREATED_BY, CreatedBy.CLIENTS);
    }

    public LogLevel logLevel() {
        return (LogLevel) said.getOrDefault(TypeOption.LOG_LEVEL, LogLevel.SERVER);
    }

    /** What counts for its clients. */
    public ClientLimits clients() {
        return clients;
    }

    /** Who may do what is said of nothing in particular; empty if that is for the annotations to say. */
    public Optional<RoleNames> roles() {
        return find(TypeOption.ROLES);
    }

    /** Who may create an actor; empty likewise. */
    public Optional<RoleNames> createRoles() {
        return find(TypeOption.CREATE_ROLES);
    }

    /** The JNDI name of something that the type has of its own; empty if it has nothing such. */
    public Optional<String> name(TypeOption option) {
        return find(option);
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

    /** What counts for an option, as it is told to people. */
    public Object counts(TypeOption option, ActorSettings general) {
        return said(option).orElseGet(() -> option.general(general));
    }

    @SuppressWarnings("unchecked") // by its kind
    private <T> T value(TypeOption option, ActorSettings general) {
        return (T) counts(option, general);
    }

    @SuppressWarnings("unchecked") // by its kind
    private <T> Optional<T> find(TypeOption option) {
        return Optional.ofNullable((T) said.get(option));
    }
}
