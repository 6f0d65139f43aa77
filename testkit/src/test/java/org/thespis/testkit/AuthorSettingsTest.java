package org.thespis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorScoped;
import org.thespis.api.ActorSetting;

/** What an installation says to authors reaches their actors, or refuses them. */
class AuthorSettingsTest {

    static class Base {
        @Inject
        @ActorSetting(value = "welcome", defaultValue = "hello")
        String welcome;
    }

    @Actor("greeter")
    static class Greeter extends Base {

        @Inject
        @ActorSetting("most")
        int most;

        @Inject
        @ActorSetting(value = "many", defaultValue = "-9223372036854775808")
        Long many;

        @Inject
        @ActorSetting(value = "loud", defaultValue = " TRUE ")
        boolean loud;

        @Inject
        @ActorSetting(value = "empty", defaultValue = "")
        String empty;

        private final Duration patience;
        private DayOfWeek day;

        @Inject
        Greeter(@ActorSetting(value = "patience", defaultValue = "5m") Duration patience) {
            this.patience = patience;
        }

        @Inject
        void day(@ActorSetting(value = "day", defaultValue = "MONDAY") DayOfWeek given) {
            day = given;
        }

        @Action
        String all() {
            return String.join(
                    ",", welcome, "" + most, "" + many, "" + loud, "[" + empty + "]", patience.toString(), day.name());
        }
    }

    /** Of another type: what is said of the first is not said of it. */
    @Actor("other")
    static class Other extends Base {

        @Action
        String all() {
            return welcome;
        }
    }

    @RegisterExtension
    final TestKit kit = TestKit.of(Greeter.class, Other.class)
            .withSetting("greeter", "welcome", "Grüß Gott")
            .withSetting("greeter", "most", 7)
            .withSetting("greeter", "day", "SUNDAY");

    private String all(String type) {
        return kit.actor(type, "a").connect().call(String.class, "all");
    }

    @Test
    void eachTypeOfValueIsInjectedAndDefaultsStandIn() {
        assertThat(all("greeter")).isEqualTo("Grüß Gott,7,-9223372036854775808,true,[],PT5M,SUNDAY");
        assertThat(all("other")).isEqualTo("hello");
    }

    @Inject
    @Any
    Instance<Object> lookedUp;

    @Test
    void theyAreNotLookedUp() {
        Instance<String> texts =
                lookedUp.select(String.class, Base.class.getDeclaredFields()[0].getAnnotation(ActorSetting.class));
        assertThatThrownBy(texts::get).hasMessageContaining("are injected into actors, not looked up");
    }

    @Test
    void theyAreThereAgainAfterARestart() {
        kit.restart();
        assertThat(all("greeter")).startsWith("Grüß Gott,7,");
    }

    private static void isRefused(Setup setup, String... messages) {
        assertThatThrownBy(() -> new Bench(setup).close()).satisfies(e -> {
            StringBuilder all = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                all.append(t.getMessage());
            }
            assertThat(all.toString()).contains(messages);
        });
    }

    @Test
    void whatIsMissingOrWrongRefusesTheActors() {
        isRefused(Setup.of(Greeter.class), "THESPIS-215: there is no thespis/actors/greeter/settings/most");
        isRefused(
                Setup.of(Greeter.class).withSetting("greeter", "most", 2_147_483_648L),
                "THESPIS-213: ",
                "greeter/settings/most must be a whole number that fits an int, was \"2147483648\"");
        isRefused(
                Setup.of(Greeter.class).withSetting("greeter", "most", 1).withSetting("greeter", "day", "sunday"),
                "must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, was \"sunday\"");
        isRefused(
                Setup.of(Greeter.class).withSetting("greeter", "most", 1).withSetting("greeter", "loud", "yes"),
                "must be true or false, was \"yes\"");
        isRefused(Setup.of(Greeter.class).withSetting("greeter", "most", Double.NaN), "was \"NaN\"");
    }

    @Actor("lists")
    static class Lists {
        @Inject
        @ActorSetting("names")
        List<String> names;
    }

    @Actor("badDefault")
    static class BadDefault {
        @Inject
        @ActorSetting(value = "most", defaultValue = "many")
        int most;
    }

    @Actor("nameless")
    static class Nameless {
        @Inject
        @ActorSetting(" ")
        String name;
    }

    @Actor(value = "twice", actionTimeoutMillis = -1)
    static class TwiceWrong {
        @Inject
        @ActorSetting("name")
        String name;
    }

    @ActorScoped
    static class Helper {
        @Inject
        @ActorSetting(value = "name", defaultValue = "x")
        String name;
    }

    @Test
    void aDeclarationThatCannotBeMeantRefusesTheActors() {
        isRefused(
                Setup.of(Lists.class),
                "THESPIS-216: @ActorSetting on " + Lists.class.getName()
                        + ".names is of type java.util.List<java.lang.String>");
        isRefused(
                Setup.of(BadDefault.class),
                "THESPIS-218: the default of @ActorSetting on " + BadDefault.class.getName()
                        + ".most must be a whole number that fits an int, was many");
        isRefused(Setup.of(Nameless.class), "THESPIS-218: ", "has no name");
        isRefused(Setup.of(TwiceWrong.class), "THESPIS-107: ");
        isRefused(
                Setup.of(Helper.class, Other.class),
                "THESPIS-217: @ActorSetting on " + Helper.class.getName() + ".name, which is in no actor class");
    }
}
