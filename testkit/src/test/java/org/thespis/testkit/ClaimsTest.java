package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Connection;

/** What a token would say of the user reaches the actor, as it was when it was said. */
class ClaimsTest {

    @Actor("office")
    @RolesAllowed("staff")
    public static class Office {
        @Action
        public Map<String, Object> claims(Connection connection) {
            return connection.claims();
        }

        @Action
        public String change(Connection connection) {
            try {
                connection.claims().put("department", "mine");
                ((List<Object>) connection.claims().get("groups")).add("admins");
                return "changed";
            } catch (UnsupportedOperationException e) {
                return "refused";
            }
        }
    }

    @RegisterExtension
    final TestKit kit = TestKit.of(Office.class);

    private final TestActor ann = kit.actor("office", "a").as("ann", "staff");

    @Test
    void anActorReadsWhatIsSaidOfTheCaller() {
        List<String> groups = new ArrayList<>(List.of("a", "b"));
        TestActor known = ann.claim("department", "sales").claim("active", true).claim("groups", groups);
        groups.add("admins");
        assertThat(known.connect().call(Map.class, "claims"))
                .isEqualTo(Map.of("department", "sales", "active", true, "groups", List.of("a", "b")));
        assertThat(ann.connect().call(Map.class, "claims")).isEmpty();
    }

    @Test
    void itStandsBesideRolesAndHeaderFields() {
        TestActor known = ann.header("x-room", "7").claim("department", "sales").header("cookie", "a=b");
        assertThat(known.connect().call(Map.class, "claims")).isEqualTo(Map.of("department", "sales"));
        assertThat(known.as("bob", "staff").connect().call(Map.class, "claims"))
                .as("of somebody else")
                .isEmpty();
    }

    @Test
    void nobodyCanChangeIt() {
        TestActor known = ann.claim("groups", List.of("a"));
        assertThat(known.connect().call(String.class, "change")).isEqualTo("refused");
    }

    @Test
    void nothingIsSaidOfNobodyAndNothingThatNoTokenCanHave() {
        assertThatThrownBy(() -> kit.actor("office", "a").claim("department", "sales"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ann.claim("since", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a claim is a text");
        assertThatThrownBy(() -> ann.claim("department", null)).isInstanceOf(NullPointerException.class);
    }
}
