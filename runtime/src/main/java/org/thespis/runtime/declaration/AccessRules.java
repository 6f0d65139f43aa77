package org.thespis.runtime.declaration;

import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RunAs;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.RoleNames;
import org.thespis.runtime.settings.TypeOptions;

/** Who may use what of one actor class. Immutable once it is read. Any thread. */
public final class AccessRules {

    private static final Set<Hook> ON_THE_WAY = EnumSet.of(Hook.BEFORE_CONNECT, Hook.CONNECTION_STATE, Hook.CONNECT);

    private final Access ofClass;
    private final Caller runAs;
    private final Map<Hook, Access> hooks = new EnumMap<>(Hook.class);
    private final Map<String, Optional<Access>> events = new HashMap<>(); // as the class if nothing
    private final Set<String> roles = new HashSet<>();

    /** @param name of the actor type */
    AccessRules(Class<?> type, String name) {
        ofClass = Access.of(type);
        know(ofClass);
        DeclareRoles declared = type.getAnnotation(DeclareRoles.class);
        if (declared != null) {
            roles.addAll(Set.of(declared.value()));
        }
        RunAs as = type.getAnnotation(RunAs.class);
        runAs = as == null ? null : new Caller(name, Set.of(as.value()));
    }

    /** Those of another with what an installation says. */
    private AccessRules(AccessRules declared, TypeOptions options) {
        roles.addAll(declared.roles);
        hooks.putAll(declared.hooks);
        events.putAll(declared.events);
        runAs = declared.runAs;
        ofClass = options.roles().map(said -> know(Access.of(said))).orElse(declared.ofClass);
        options.createRoles().ifPresent(said -> hooks.put(Hook.CREATE, know(Access.of(said))));
    }

    AccessRules configured(TypeOptions options) {
        return new AccessRules(this, options);
    }

    /** What an installation says of an action. */
    Access of(RoleNames said) {
        return know(Access.of(said));
    }

    private Access know(Access access) {
        if (access.roles() != null) {
            roles.addAll(access.roles());
        }
        return access;
    }

    private Access said(Class<?> type, Method method) {
        Access own = Access.declared(type, method);
        return own == null ? null : know(own);
    }

    /** Of an action. */
    Optional<Access> of(Class<?> type, Method action) {
        return Optional.ofNullable(said(type, action));
    }

    void add(Class<?> type, Hook hook, Method method) {
        Access own = said(type, method);
        if (own != null) {
            hooks.put(hook, own);
        }
    }

    void addSubscription(Class<?> type, String event, Method method) {
        events.put(event, of(type, method));
    }

    /** All that is not said of something in particular. */
    public Access ofClass() {
        return ofClass;
    }

    /** Who may have what that hook is called for. */
    public Access of(Hook hook) {
        return hooks.getOrDefault(hook, ofClass);
    }

    /**
     * What the connect hooks themselves ask of a client for which they are called on the way to something else.
     *
     * @throws ActorException {@code auth.unauthorized} or {@code auth.forbidden}
     */
    public void requireOnTheWay(Caller caller) {
        ON_THE_WAY.forEach(hook -> onTheWay(hook).require(caller));
    }

    /** Whether they let a caller pass. */
    boolean permitsOnTheWay(Caller caller) {
        return ON_THE_WAY.stream().allMatch(hook -> onTheWay(hook).permits(caller));
    }

    private Access onTheWay(Hook hook) {
        return hooks.getOrDefault(hook, Access.EVERYBODY);
    }

    /** Who may connect. */
    public Access ofConnections() {
        boolean said = ON_THE_WAY.stream().anyMatch(hooks::containsKey);
        return said ? Access.EVERYBODY : ofClass; // else each is asked on the way
    }

    /** Who may subscribe to an event. */
    public Access ofEvent(String event) {
        Optional<Access> own = events.get(event);
        Optional<Access> said = own != null ? own : events.getOrDefault(ActorDefinition.ALL_EVENTS, Optional.empty());
        return said.orElse(ofClass);
    }

    /** As whom it calls others and plans; null for who called it. */
    public Caller runAs() {
        return runAs;
    }

    /** All names of roles that it mentions. */
    public Set<String> roles() {
        Set<String> all = new HashSet<>(roles);
        all.remove(Caller.ANY_USER);
        return all;
    }
}
