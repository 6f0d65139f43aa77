package org.thespis.runtime.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.CanSubscribe;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.settings.ActionOptions;
import org.thespis.runtime.settings.RoleNames;
import org.thespis.runtime.settings.TypeOption;

/** Who may do what where an installation says it. */
class ConfiguredRolesTest {

    @Actor("guarded")
    @RolesAllowed("talk")
    static class Guarded {

        @OnCreate
        @RolesAllowed("make")
        void create() {
            // only its annotations are of interest
        }

        @OnConnect
        void connect() {
            // likewise
        }

        @Action
        void talk() {
            // likewise
        }

        @Action
        @RolesAllowed("moderate")
        void moderate() {
            // likewise
        }

        @Action
        @DenyAll
        void never() {
            // likewise
        }

        @CanSubscribe("secret")
        @RolesAllowed("moderate")
        boolean secret() {
            return true;
        }

        @CanSubscribe("news")
        boolean news() {
            return true;
        }
    }

    @Actor("open")
    static class Open {

        @Action
        @PermitAll
        void anybody() {
            // likewise
        }

        @Action
        void some() {
            // likewise
        }
    }

    private static ActorDefinition configured(Class<?> type, Map<TypeOption, String> said, String... actions) {
        Map<TypeOption, Object> options = new HashMap<>();
        said.forEach((option, text) -> options.put(option, option.parse(text).orElseThrow()));
        Map<String, ActionOptions> ofActions = new HashMap<>();
        for (int i = 0; i < actions.length; i += 2) {
            ofActions.put(actions[i], new ActionOptions(Optional.empty(), RoleNames.parse(actions[i + 1])));
        }
        ActorDefinition declared = ActorDefinition.of(type);
        return declared.configured(declared.options().with(options), ofActions);
    }

    private static Set<String> roles(ActorDefinition actor, String action) {
        return actor.action(action).access().roles();
    }

    @Test
    void withoutAWordAllIsAsDeclared() {
        ActorDefinition actor = configured(Guarded.class, Map.of());
        assertThat(roles(actor, "talk")).containsExactly("talk");
        assertThat(roles(actor, "moderate")).containsExactly("moderate");
        assertThat(roles(actor, "never")).isEmpty();
        assertThat(actor.access().of(Hook.CREATE).roles()).containsExactly("make");
        assertThat(actor.access().ofEvent("secret").roles()).containsExactly("moderate");
        assertThat(actor.access().ofEvent("news").roles()).containsExactly("talk");
        assertThat(actor.access().roles()).containsExactlyInAnyOrder("talk", "make", "moderate");
    }

    @Test
    void theRolesOfATypeReplaceThoseOfItsClassAndNoOthers() {
        ActorDefinition actor = configured(Guarded.class, Map.of(TypeOption.ROLES, "staff"));
        assertThat(roles(actor, "talk")).containsExactly("staff");
        assertThat(roles(actor, "moderate")).containsExactly("moderate");
        assertThat(roles(actor, "never")).isEmpty();
        assertThat(actor.access().ofConnections().roles()).containsExactly("staff");
        assertThat(actor.access().of(Hook.CREATE).roles()).containsExactly("make");
        assertThat(actor.access().of(Hook.REQUEST).roles()).containsExactly("staff");
        assertThat(actor.access().ofEvent("secret").roles()).containsExactly("moderate");
        assertThat(actor.access().ofEvent("news").roles()).containsExactly("staff");
        assertThat(actor.access().ofEvent("other").roles()).containsExactly("staff");
        assertThat(actor.access().roles()).contains("staff");
    }

    @Test
    void whatIsOpenToAllByAnAnnotationOfItsOwnStaysSo() {
        ActorDefinition actor = configured(Open.class, Map.of(TypeOption.ROLES, "staff"));
        assertThat(roles(actor, "anybody")).isNull();
        assertThat(roles(actor, "some")).containsExactly("staff");
        assertThatThrownBy(() -> actor.requireCall(Caller.ANONYMOUS, "unknown"))
                .as("who may not is not told what it has")
                .isInstanceOfSatisfying(
                        ActorException.class,
                        refused -> assertThat(refused.error().reason()).isEqualTo("auth.unauthorized"));
    }

    @Test
    void anActionThatIsNamedHasTheRolesThatAreSaid() {
        ActorDefinition actor = configured(
                Guarded.class,
                Map.of(TypeOption.ROLES, "staff"),
                "never",
                "moderate admin",
                "moderate",
                "*",
                "talk",
                "-");
        assertThat(roles(actor, "never")).containsExactlyInAnyOrder("moderate", "admin");
        assertThat(roles(actor, "moderate")).isNull();
        assertThat(roles(actor, "talk")).isEmpty();
        assertThat(actor.access().roles()).contains("admin", "staff");
    }

    @Test
    void whoMayCreateIsSaidApart() {
        ActorDefinition actor = configured(Guarded.class, Map.of(TypeOption.CREATE_ROLES, "**"));
        assertThat(actor.access().of(Hook.CREATE).roles()).containsExactly("**");
        assertThat(roles(actor, "talk")).containsExactly("talk");
        assertThat(actor.access().roles()).as("no role").doesNotContain("**");
        assertThat(configured(Open.class, Map.of(TypeOption.CREATE_ROLES, "-"))
                        .access()
                        .of(Hook.CREATE)
                        .roles())
                .as("also without a hook")
                .isEmpty();
    }

    @Test
    void aTypeMayBeOpenedToAll() {
        ActorDefinition actor = configured(Guarded.class, Map.of(TypeOption.ROLES, "*"));
        assertThat(roles(actor, "talk")).isNull();
        assertThat(roles(actor, "moderate")).containsExactly("moderate");
        assertThat(actor.hasAction("unknown")).isFalse();
    }
}
