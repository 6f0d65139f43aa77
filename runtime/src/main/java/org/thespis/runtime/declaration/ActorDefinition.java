package org.thespis.runtime.declaration;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.CanSubscribe;
import org.thespis.api.CreatedBy;
import org.thespis.api.Durability;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.ActorType;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.ActionOptions;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.TypeOption;
import org.thespis.runtime.settings.TypeOptions;

/** What an actor class declares. Immutable. */
public final class ActorDefinition implements ActorType {

    /**
     * A method that clients may call.
     *
     * @param timeout absent for that of the type
     * @param atomic also if it is transactional
     * @param nonBlocking whether it may run on a thread that reads from sockets, by its word and by what the actor keeps
     */
    public record ActionMethod(
            String name,
            Invoker invoker,
            Optional<Duration> timeout,
            boolean atomic,
            boolean readOnly,
            boolean transactional,
            boolean nonBlocking,
            Access access) {

        private ActionMethod with(Optional<Duration> limit, Access who) {
            return new ActionMethod(
                    name, invoker, limit.or(() -> timeout), atomic, readOnly, transactional, nonBlocking, who);
        }
    }

    static final String ALL_EVENTS = "";

    private final String name;
    private final Class<?> type;
    private final TypeOptions options;
    private final Map<String, ActionMethod> actions = new HashMap<>();
    private final Set<String> guardedActions = new HashSet<>(); // that say themselves who may call them
    private final StateFields state;
    private final AccessRules access;
    private final Map<Hook, Invoker> hooks = new EnumMap<>(Hook.class);
    private final Map<String, Invoker> canSubscribe = new HashMap<>();

    private ActorDefinition(Class<?> type) {
        this.type = type;
        this.name = nameOf(type);
        this.options = Declarations.options(type);
        this.state = StateFields.of(type);
        this.access = new AccessRules(type, name);
    }

    private ActorDefinition(ActorDefinition declared, TypeOptions options, Map<String, ActionOptions> actionOptions) {
        this.type = declared.type;
        this.name = declared.name;
        this.options = options;
        this.state = declared.state;
        this.access = declared.access.configured(options);
        this.guardedActions.addAll(declared.guardedActions);
        this.hooks.putAll(declared.hooks);
        this.canSubscribe.putAll(declared.canSubscribe);
        declared.actions.values().forEach(action -> add(action, actionOptions.get(action.name())));
    }

    /** @param said null if nothing is */
    private void add(ActionMethod declared, ActionOptions said) {
        Access who = guardedActions.contains(declared.name()) ? declared.access() : access.ofClass();
        if (said != null && said.roles().isPresent()) {
            guardedActions.add(declared.name());
            who = access.of(said.roles().get());
        }
        actions.put(declared.name(), declared.with(said == null ? Optional.empty() : said.timeout(), who));
    }

    /**
     * Reads the declarations of an actor class.
     *
     * @throws DeclarationException if one is wrong
     */
    public static ActorDefinition of(Class<?> type) {
        ActorDefinition definition = new ActorDefinition(type);
        for (Method method : methods(type)) {
            definition.read(method);
        }
        return definition;
    }

    /**
     * Checks that no two actor classes have one name.
     *
     * @throws DeclarationException if two have
     */
    public static void requireDistinctNames(Iterable<ActorDefinition> definitions) {
        Map<String, ActorDefinition> byName = new HashMap<>();
        for (ActorDefinition definition : definitions) {
            ActorDefinition other = byName.put(definition.name, definition);
            if (other != null) {
                throw Declarations.doubledName(definition.name, other.type, definition.type);
            }
        }
    }

    /** @throws DeclarationException if it has durable collections, which the store of the application does not keep */
    public void requireNoCollections() {
        state.collections().stream().findFirst().ifPresent(collection -> {
            throw Declarations.noEntries(type, collection.name());
        });
    }

    /** @throws DeclarationException if an action is transactional, which the store of the application does not know */
    public void requireNoTransactions() {
        transactional().ifPresent(action -> {
            throw Declarations.noTransactions(type, action.name());
        });
    }

    /** An action that is transactional, if there is one. */
    public Optional<ActionMethod> transactional() {
        return actions.values().stream().filter(ActionMethod::transactional).findFirst();
    }

    private static String nameOf(Class<?> type) {
        String given = type.getAnnotation(Actor.class).value();
        String simple = type.getSimpleName();
        return given.isEmpty() ? Character.toLowerCase(simple.charAt(0)) + simple.substring(1) : given;
    }

    /** All methods of the class and its superclasses; an overridden one only once. */
    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                boolean own = Modifier.isPrivate(method.getModifiers());
                String signature = method.getName() + List.of(method.getParameterTypes());
                if (!method.isSynthetic() && (own || seen.add(signature))) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    private void read(Method method) {
        Action action = method.getAnnotation(Action.class);
        if (action != null) {
            addAction(method, action);
        }
        for (Hook hook : Hook.values()) {
            if (method.isAnnotationPresent(hook.annotation())) {
                Declarations.checkHook(type, hook, method);
                access.add(type, hook, method);
                if (hooks.put(hook, new Invoker(type, method)) != null) {
                    throw Declarations.doubledHook(type, hook);
                }
            }
        }
        CanSubscribe subscribe = method.getAnnotation(CanSubscribe.class);
        if (subscribe != null) {
            Declarations.checkCanSubscribe(type, method);
            access.addSubscription(type, subscribe.value(), method);
            if (canSubscribe.put(subscribe.value(), new Invoker(type, method)) != null) {
                throw Declarations.doubledCanSubscribe(type, subscribe.value());
            }
        }
    }

    private void addAction(Method method, Action action) {
        String actionName = action.value().isEmpty() ? method.getName() : action.value();
        Declarations.checkAction(type, method, action);
        Optional<Access> own = access.of(type, method);
        own.ifPresent(said -> guardedActions.add(actionName));
        ActionMethod added = new ActionMethod(
                actionName,
                new Invoker(type, method),
                millis(action.timeoutMillis()),
                action.atomic() || action.transactional(),
                action.readOnly(),
                action.transactional(),
                action.nonBlocking() && state.collections().isEmpty(), // whose entries are read from the store
                own.orElse(access.ofClass()));
        if (actions.put(actionName, added) != null) {
            throw Declarations.doubledAction(type, actionName);
        }
    }

    private static Optional<Duration> millis(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    /** The name that clients use. */
    public String name() {
        return name;
    }

    public Class<?> type() {
        return type;
    }

    public StateFields state() {
        return state;
    }

    /** Who may use what of it. */
    public AccessRules access() {
        return access;
    }

    public Durability durability() {
        return options.durability();
    }

    /** What is said of the type apart from all others. */
    public TypeOptions options() {
        return options;
    }

    /** The names of its actions. */
    public Set<String> actionNames() {
        return Set.copyOf(actions.keySet());
    }

    /**
     * The same with what an installation says of it.
     *
     * @param ofActions what it says of actions, by their names
     */
    public ActorDefinition configured(TypeOptions others, Map<String, ActionOptions> ofActions) {
        return new ActorDefinition(this, others, ofActions);
    }

    /** Why the class cannot have that durability; empty if it can. */
    public Optional<String> whyNot(Durability durability) {
        if (durability == Durability.NONE && !state.collections().isEmpty()) {
            return Optional.of(type.getName() + " has durable collections");
        }
        return durability == Durability.COMMIT
                ? Optional.empty()
                : transactional()
                        .map(action -> "the action " + action.name() + " of " + type.getName() + " is transactional");
    }

    /** What counts for an option, as it is told to people. */
    public String counts(TypeOption option, ActorSettings general) {
        return switch (option) {
            case ROLES -> access.ofClass().toString();
            case CREATE_ROLES -> access.of(Hook.CREATE).toString();
            default -> options.counts(option, general).toString();
        };
    }

    /** The action of that name, or null. */
    public ActionMethod action(String actionName) {
        return actions.get(actionName);
    }

    @Override
    public boolean hasAction(String actionName) {
        return actions.containsKey(actionName);
    }

    @Override
    public boolean takesRequests() {
        return hooks.containsKey(Hook.REQUEST);
    }

    @Override
    public boolean takesSockets() {
        return hooks.containsKey(Hook.WEB_SOCKET);
    }

    @Override
    public void requireConnection(Caller caller) {
        access.ofConnections().require(caller);
        access.requireOnTheWay(caller);
    }

    @Override
    public void requireCall(Caller caller, String actionName) {
        ActionMethod action = actions.get(actionName);
        (action == null ? access.ofClass() : action.access()).require(caller);
        access.requireOnTheWay(caller);
    }

    @Override
    public void requireRequest(Caller caller) {
        access.of(Hook.REQUEST).require(caller);
        access.requireOnTheWay(caller);
    }

    @Override
    public void requireSocket(Caller caller) {
        access.of(Hook.WEB_SOCKET).require(caller);
        access.requireOnTheWay(caller);
    }

    @Override
    public void requireCreation(Caller caller) {
        access.of(Hook.CREATE).require(caller);
    }

    @Override
    public void requireCreationByClient(Caller caller) {
        if (options.createdBy() == CreatedBy.APPLICATION) {
            throw new ActorException(ActorError.forbidden()); // whoever it is
        }
        requireCreation(caller);
    }

    @Override
    public boolean isFor(Caller caller) {
        return access.permitsOnTheWay(caller)
                && (access.ofConnections().permits(caller)
                        || takesRequests() && access.of(Hook.REQUEST).permits(caller)
                        || takesSockets() && access.of(Hook.WEB_SOCKET).permits(caller)
                        || actions.values().stream()
                                .anyMatch(action -> action.access().permits(caller)));
    }

    /** The method of that hook, or null. */
    public Invoker hook(Hook hook) {
        return hooks.get(hook);
    }

    /** The method that decides about subscriptions to that event, or null. */
    public Invoker canSubscribe(String event) {
        Invoker own = canSubscribe.get(event);
        return own != null ? own : canSubscribe.get(ALL_EVENTS);
    }
}
