package org.thespis.runtime.settings;

import java.util.Optional;
import java.util.function.Function;
import org.thespis.api.Actor;
import org.thespis.api.Durability;

/**
 * What may be said of each actor type apart: by {@link Actor}, and, which counts more, by an entry {@code
 * thespis/actors/TYPE/NAME}. What neither says is as for all actors.
 */
public enum TypeOption {
    ACTION_TIMEOUT(
            "action-timeout-millis",
            "actionTimeoutMillis",
            OptionKind.duration(),
            Actor::actionTimeoutMillis,
            ActorSettings::actionTimeout,
            "time until a caller is told `actor.action_timed_out`, for actions that have none of their own"),
    CREATE_TIMEOUT(
            "create-timeout-millis",
            "createTimeoutMillis",
            OptionKind.duration(),
            Actor::createTimeoutMillis,
            ActorSettings::createTimeout,
            "time of `@OnCreate` until its caller is told `actor.create_timed_out`"),
    CONNECT_TIMEOUT(
            "connect-timeout-millis",
            "connectTimeoutMillis",
            OptionKind.duration(),
            Actor::connectTimeoutMillis,
            general -> general.hooks().connect(),
            "time in which an actor must let a new connection in; then `actor.connect_timed_out`"),
    HOOK_TIMEOUT(
            "hook-timeout-millis",
            "hookTimeoutMillis",
            OptionKind.duration(),
            Actor::hookTimeoutMillis,
            general -> general.hooks().hook(),
            "time of any hook but `@OnCreate` until calls that wait behind it are told `actor.hook_timed_out`"),
    SLEEP_TIMEOUT(
            "sleep-timeout-millis",
            "sleepTimeoutMillis",
            OptionKind.durationOrNever(),
            Actor::sleepTimeoutMillis,
            ActorSettings::sleepTimeout,
            "time without connection, turn or open call after which an actor leaves memory"),
    SLEEP_GRACE(
            "sleep-grace-millis",
            "sleepGraceMillis",
            OptionKind.duration(),
            Actor::sleepGraceMillis,
            ActorSettings::sleepGrace,
            "time that an actor which falls asleep gives the work that it named with `waitUntil`"),
    DURABILITY(
            "durability",
            "durability",
            OptionKind.durability(),
            Actor::durability,
            general -> Durability.COMMIT,
            "when the state is written"),
    MAX_WAITING_CALLS(
            "max-waiting-calls",
            "maxWaitingCalls",
            OptionKind.number("calls", 1, 0),
            Actor::maxWaitingCalls,
            ActorSettings::maxWaitingCalls,
            "calls that wait in one actor; one more is `actor.overloaded`"),
    MAX_SUBSCRIPTIONS(
            "max-subscriptions",
            "maxSubscriptions",
            OptionKind.number("events", 1, 0),
            Actor::maxSubscriptions,
            ActorSettings::maxSubscriptions,
            "events that one connection may subscribe to"),
    MAX_STATE_BYTES(
            "max-state-bytes",
            "maxStateBytes",
            OptionKind.number("bytes", StateSettings.LEAST_BYTES, 0),
            Actor::maxStateBytes,
            general -> general.state().maxBytes(),
            "the stored document of one actor; a turn that would pass it is taken back with `actor.state_too_large`"),
    ENTRY_CACHE_BYTES(
            "entry-cache-bytes",
            "entryCacheBytes",
            OptionKind.number("bytes", 0, -1),
            Actor::entryCacheBytes,
            general -> general.state().entryCacheBytes(),
            "entries of durable collections that one actor keeps in memory behind its turns"),
    ENTRY_READ_TIMEOUT(
            "entry-read-timeout-millis",
            "entryReadTimeoutMillis",
            OptionKind.duration(),
            Actor::entryReadTimeoutMillis,
            general -> general.state().entryReadTimeout(),
            "time that a turn waits for entries to be read; then `actor.entries_unavailable`"),
    DATA_SOURCE(
            "data-source",
            "dataSource",
            OptionKind.name("a data source"),
            Actor::dataSource,
            general -> "(none)",
            "keeps the actors of the type; none: the one for all actors"),
    EXECUTOR(
            "executor",
            "executor",
            OptionKind.name("an executor"),
            Actor::executor,
            general -> "(none)",
            "runs all turns of the type, none of which runs in the thread that brings it; none: `max-threads`, and the thread that brings it"),
    ROLES(
            "roles",
            "@RolesAllowed, @PermitAll, @DenyAll",
            OptionKind.roles(),
            actor -> "",
            general -> "*",
            "who may do what has no such annotation of its own; in place of the annotation of the class"),
    CREATE_ROLES(
            "create-roles",
            "the same on @OnCreate",
            OptionKind.roles(),
            actor -> "",
            general -> "those of `roles`",
            "who may create an actor; in place of the annotation of the hook");

    private static final String REDEPLOYMENT = "a redeployment";

    private final String key;
    private final String member;
    private final OptionKind<?> kind;
    private final Function<Actor, Object> annotated;
    private final Function<ActorSettings, Object> general;
    private final String purpose;

    TypeOption(
            String key,
            String member,
            OptionKind<?> kind,
            Function<Actor, Object> annotated,
            Function<ActorSettings, Object> general,
            String purpose) {
        this.key = key;
        this.member = member;
        this.kind = kind;
        this.annotated = annotated;
        this.general = general;
        this.purpose = purpose;
    }

    /** The last part of its entry. */
    public String key() {
        return key;
    }

    /** Its member of {@link Actor}, or what else an author says it with. */
    public String member() {
        return member;
    }

    /** What its values are counted in. */
    public String unit() {
        return kind.unit();
    }

    /** What it limits. */
    public String purpose() {
        return purpose;
    }

    /** Whether it may change while the application runs: it is a limit that is looked up anew each time. */
    public boolean mayChange() {
        return !change().equals(REDEPLOYMENT);
    }

    /** What a change needs. */
    public String change() {
        return switch (this) {
            case DURABILITY, DATA_SOURCE, EXECUTOR, ROLES, CREATE_ROLES -> REDEPLOYMENT;
            case ENTRY_CACHE_BYTES -> "`reload`; counts when the actor wakes next";
            default -> "`reload`";
        };
    }

    /** What a value must be. */
    public String rule() {
        return kind.rule();
    }

    /** What counts if nothing else is said. */
    public Object general(ActorSettings settings) {
        return general.apply(settings);
    }

    /** The value that is written so in an entry; empty if it is none, or out of range. */
    public Optional<?> parse(String text) {
        return kind.parse(text);
    }

    Optional<?> annotated(Actor actor) {
        try {
            return kind.annotated(annotated.apply(actor));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(member + " " + e.getMessage(), e);
        }
    }
}
