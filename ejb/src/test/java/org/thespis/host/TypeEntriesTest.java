package org.thespis.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.naming.Context;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorSetting;
import org.thespis.api.Durability;
import org.thespis.api.DurableList;
import org.thespis.api.State;
import org.thespis.runtime.LogOf;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AuthorSetting;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.NamedResource;
import org.thespis.runtime.jndi.TypeEntries;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.Durations;
import org.thespis.runtime.settings.SettingException;
import org.thespis.runtime.settings.TypeOption;

/** What an installation says of single actor types, and what it cannot mean. */
class TypeEntriesTest {

    private static final String OF_EAR = "java:app/env/thespis/actors/";
    private static final String OF_SERVER = "thespis/actors/";

    @Actor(value = "chatRoom", sleepTimeoutMillis = 3, maxWaitingCalls = 7)
    static class ChatRoom {

        @Action("users.add")
        void add() {
            // only its name is of interest
        }
    }

    @Actor("log")
    static class Log {

        @State
        DurableList<String> lines;

        @Action(transactional = true)
        void write() {
            // only its declaration is of interest
        }
    }

    @Actor("a/b")
    static class Slashed {}

    @Actor("a")
    static class Short {}

    private static final ActorSetting REQUIRED = field("welcome");

    @Actor("greeter")
    static class Greeter {

        @ActorSetting("welcome")
        String welcome;

        @ActorSetting(value = "patience", defaultValue = "30s")
        Duration patience;
    }

    private static ActorSetting field(String name) {
        try {
            return Greeter.class.getDeclaredField(name).getAnnotation(ActorSetting.class);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static final AuthorSetting WELCOME = AuthorSetting.of("greeter", REQUIRED, String.class, "Greeter.welcome");
    private static final AuthorSetting PATIENCE =
            AuthorSetting.of("greeter", field("patience"), Duration.class, "Greeter.patience");
    private static final List<AuthorSetting> SETTINGS = List.of(WELCOME, PATIENCE);

    private final NamesOfTest names = NamesOfTest.open();

    @AfterEach
    void close() {
        names.close();
    }

    private static List<ActorDefinition> configure() {
        return new TypeEntries(new JndiSettings(), SETTINGS)
                .configure(Stream.of(ChatRoom.class, Log.class, Short.class, Slashed.class, Greeter.class)
                        .map(ActorDefinition::of)
                        .toList());
    }

    private static ActorDefinition definition(String type) {
        return configure().stream()
                .filter(definition -> definition.name().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static ActorSettings settings(String type) {
        return definition(type).options().over(ActorSettings.defaults());
    }

    private static void put(String name, Object value) {
        NamesOfTest.NAMES.put(name, value);
    }

    private static void isRefused(String message) {
        assertThatThrownBy(TypeEntriesTest::configure)
                .isInstanceOf(SettingException.class)
                .hasMessage(message);
    }

    @Test
    void theApplicationComesBeforeTheServerAndBothBeforeTheAnnotation() {
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMillis(3));
        put(OF_SERVER + "chatRoom/sleep-timeout-millis", "5m");
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMinutes(5));
        put(OF_EAR + "chatRoom/sleep-timeout-millis", 1_500);
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(settings("chatRoom").maxWaitingCalls()).isEqualTo(7);
        assertThat(settings("log").sleepTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Actor(value = "driven", executor = "java:comp/Missing")
    static class Driven {}

    private static Map<String, NamedResource<Executor>> executors() {
        return NamedResource.of(configure(), TypeOption.EXECUTOR, Executor.class);
    }

    @Test
    void severalTypesHaveExecutorsOfTheirOwn() {
        Executor one = task -> {};
        Executor other = task -> {};
        put("java:comp/One", one);
        put("concurrent/other", other);
        put(OF_EAR + "chatRoom/executor", "java:comp/One");
        put(OF_SERVER + "chatRoom/executor", "concurrent/other");
        put(OF_SERVER + "log/executor", "concurrent/other");
        put(OF_SERVER + "a/executor", " concurrent/other ");
        assertThat(executors())
                .isEqualTo(Map.of(
                        "chatRoom",
                        new NamedResource<>("java:comp/One", one),
                        "log",
                        new NamedResource<>("concurrent/other", other),
                        "a",
                        new NamedResource<>("concurrent/other", other)));
    }

    @Test
    void anExecutorThatIsNotThereOrIsNoneRefusesTheDeployment() {
        put(OF_SERVER + "log/executor", "java:comp/Missing");
        assertThatThrownBy(TypeEntriesTest::executors)
                .isInstanceOf(SettingException.class)
                .hasMessage("THESPIS-213: thespis/actors/log/executor must be the JNDI name of an executor, was"
                        + " \"java:comp/Missing\"")
                .hasCauseInstanceOf(NamingException.class);
        put("java:comp/Missing", "a text");
        assertThatThrownBy(TypeEntriesTest::executors).hasMessageEndingWith("was \"java:comp/Missing\"");
        put(OF_SERVER + "log/executor", " ");
        isRefused("THESPIS-213: thespis/actors/log/executor must be the JNDI name of an executor, was \" \"");
    }

    @Test
    void anExecutorOfAnAnnotationThatIsNotThereIsToldByThat() {
        assertThatThrownBy(() -> NamedResource.of(
                        List.of(ActorDefinition.of(Driven.class)), TypeOption.EXECUTOR, Executor.class))
                .hasMessage("THESPIS-213: executor of @Actor on " + Driven.class.getName()
                        + " must be the JNDI name of an executor, was \"java:comp/Missing\"");
    }

    @Test
    void eachOptionHasAnEntry() {
        Function<TypeOption, String> value = option -> switch (option) {
            case DURABILITY -> "periodic";
            case SLEEP_TIMEOUT -> "never";
            case EXECUTOR, DATA_SOURCE -> "java:comp/Some";
            case ROLES, CREATE_ROLES -> "a b";
            default -> "2345";
        };
        for (TypeOption option : TypeOption.values()) {
            put(OF_EAR + "chatRoom/" + option.key(), value.apply(option));
        }
        ActorSettings settings = settings("chatRoom");
        assertThat(definition("chatRoom").durability()).isEqualTo(Durability.PERIODIC);
        assertThat(settings.sleepTimeout()).isEqualTo(Durations.LONGEST);
        for (TypeOption option : TypeOption.values()) {
            if (value.apply(option).equals("2345")) {
                assertThat(option.general(settings)).as(option.key()).isIn(2_345, Duration.ofMillis(2_345));
            }
        }
    }

    @Test
    void anActionMayBeNamed() {
        put(OF_SERVER + "chatRoom/actions/users.add/timeout-millis", "PT2S");
        assertThat(definition("chatRoom").action("users.add").timeout()).contains(Duration.ofSeconds(2));
    }

    @Test
    void rolesMayBeSaidOfATypeOfItsCreationAndOfAnAction() {
        put(OF_EAR + "chatRoom/roles", "talker, ${admin}");
        put(OF_EAR + "chatRoom/create-roles", "**");
        put(OF_EAR + "chatRoom/actions/users.add/roles", "moderator");
        ActorDefinition room = definition("chatRoom");
        assertThat(room.access().ofClass().roles()).containsExactlyInAnyOrder("talker", "${admin}");
        assertThat(room.access().of(Hook.CREATE).roles()).containsExactly("**");
        assertThat(room.action("users.add").access().roles()).containsExactly("moderator");
        assertThat(room.access().roles()).containsExactlyInAnyOrder("talker", "${admin}", "moderator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "* talker", "- talker", "** talker", "* -"})
    void rolesThatSayNothingOrTwoThingsRefuseTheDeployment(String value) {
        put(OF_EAR + "chatRoom/actions/users.add/roles", value);
        isRefused("THESPIS-213: " + OF_EAR
                + "chatRoom/actions/users.add/roles must be names of roles, separated by blanks, or"
                + " one of * (everybody), ** (whoever is logged in) and - (nobody), was \"" + value + "\"");
    }

    @Test
    void aTypeMayHaveASlashInItsName() {
        put(OF_EAR + "a/b/max-subscriptions", 3);
        assertThat(settings("a/b").maxSubscriptions()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chatRom/sleep-timeout-millis | 211: ENTRY is for actors named \"chatRom\", and the application has none; is"
                        + " chatRoom meant?",
                "nobody/sleep-timeout-millis | 211: ENTRY is for actors named \"nobody\", and the application has none",
                "chatRoom/sleep-timout-millis | 212: ENTRY is no option of actors; is sleep-timeout-millis meant?",
                "chatRoom/colour | 212: ENTRY is no option of actors",
                "chatRoom | 212: ENTRY names no option",
                "chatRoom/sleep-timeout-millis/x | 212: ENTRY is no option of actors; is sleep-timeout-millis meant?",
                "chatRoom/actions/users.ad/timeout-millis | 212: ENTRY is for no action of CLASS; is users.add meant?",
                "chatRoom/actions/users.add | 212: ENTRY is no option of actions",
                "chatRoom/actions/users.add/timeout | 212: ENTRY is no option of actions",
                "chatRoom/actions/users.add/timeout-milis | 212: ENTRY is no option of actions; is timeout-millis meant?",
            })
    void whatNamesNothingRefusesTheDeployment(String entry, String message) {
        put(OF_EAR + entry, "1");
        isRefused("THESPIS-" + message.replace("ENTRY", OF_EAR + entry).replace("CLASS", ChatRoom.class.getName()));
    }

    @Test
    void theServerMayHaveEntriesForOtherApplicationsThatAreNamed() {
        put(OF_SERVER + "chatRom/sleep-timeout-millis", "1");
        isRefused("THESPIS-211: thespis/actors/chatRom/sleep-timeout-millis is for actors named \"chatRom\", and the"
                + " application has none; is chatRoom meant?; if they are another application's, name them in"
                + " thespis/other-actors");
        put("thespis/other-actors", "x, chatRom");
        assertThat(configure()).hasSize(5);
        put("thespis/other-actors", "*");
        assertThat(configure()).hasSize(5);
        put(OF_EAR + "chatRom/sleep-timeout-millis", "1");
        assertThatThrownBy(TypeEntriesTest::configure)
                .as("in the application itself")
                .hasMessageContaining("211");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-1",
                "NaN",
                "30 s",
                "1.0",
                "true",
                "101y",
                "36501d",
                "99999999999999999999",
                "PT-1S",
                "\u0663s",
                "\n",
                "${x}"
            })
    void aDurationThatIsNoneRefusesTheDeployment(String value) {
        put(OF_EAR + "chatRoom/action-timeout-millis", value);
        isRefused("THESPIS-213: " + OF_EAR
                + "chatRoom/action-timeout-millis must be a duration, as 1500 (milliseconds), 30s,"
                + " 5m, 2h, 1d or PT30S, from 1 ms to 100 years, was \"" + value.replace("\n", "?") + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "max-waiting-calls, 0, a whole number from 1 to 2147483647",
        "max-waiting-calls, 2147483648, a whole number from 1 to 2147483647",
        "max-waiting-calls, 30s, a whole number from 1 to 2147483647",
        "max-state-bytes, 1023, a whole number from 1024 to 2147483647",
        "entry-cache-bytes, -1, a whole number from 0 to 2147483647",
        "durability, EVENTUAL, 'COMMIT, PERIODIC or NONE'",
    })
    void aValueThatIsOutOfRangeRefusesTheDeployment(String option, String value, String rule) {
        put(OF_SERVER + "chatRoom/" + option, value);
        isRefused("THESPIS-213: " + OF_SERVER + "chatRoom/" + option + " must be " + rule + ", was \"" + value + "\"");
    }

    @Test
    void aValueOfAStrangeTypeRefusesTheDeployment() {
        put(OF_EAR + "chatRoom/max-waiting-calls", List.of(5));
        assertThatThrownBy(TypeEntriesTest::configure)
                .hasMessageContaining("max-waiting-calls must be a text, a number or a boolean, was \"java.util.");
        put(OF_EAR + "chatRoom/max-waiting-calls", 5.0);
        assertThatThrownBy(TypeEntriesTest::configure).hasMessageEndingWith("was \"5.0\"");
        put(OF_EAR + "chatRoom/max-waiting-calls", 'x');
        assertThatThrownBy(TypeEntriesTest::configure).hasMessageEndingWith("was \"x\"");
    }

    @Test
    void whatIsToldOfAHugeValueIsShort() {
        put(OF_EAR + "chatRoom/durability", "COMMIT\r\nforged line ".repeat(100_000));
        assertThatThrownBy(TypeEntriesTest::configure)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\n", "\r"));
    }

    @Test
    void aDurabilityThatTheClassCannotHaveRefusesTheDeployment() {
        put(OF_EAR + "log/durability", "none");
        isRefused("THESPIS-214: " + OF_EAR + "log/durability cannot be \"NONE\": " + Log.class.getName()
                + " has durable collections");
        put(OF_EAR + "log/durability", "PERIODIC");
        isRefused("THESPIS-214: " + OF_EAR + "log/durability cannot be \"PERIODIC\": the action write of "
                + Log.class.getName() + " is transactional");
    }

    @Test
    void authorsAreToldWhatTheInstallationSays() {
        put(OF_SERVER + "greeter/settings/welcome", " Grüß Gott, ${you} ");
        put(OF_EAR + "greeter/settings/patience", 1_500L);
        assertThat(configure()).hasSize(5);
        assertThat(TypeEntries.value(WELCOME)).isEqualTo(" Grüß Gott, ${you} ");
        assertThat(TypeEntries.value(PATIENCE)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void whatAnAuthorNeedsAndNobodySaysRefusesTheDeployment() {
        assertThat(TypeEntries.value(PATIENCE)).isEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(() -> TypeEntries.value(WELCOME))
                .hasMessage("THESPIS-215: there is no thespis/actors/greeter/settings/welcome, and @ActorSetting on"
                        + " Greeter.welcome has no default; set it, as an env-entry"
                        + " java:app/env/thespis/actors/greeter/settings/welcome of application.xml or in the JNDI of the"
                        + " server");
        put(OF_EAR + "greeter/settings/patience", "soon");
        assertThatThrownBy(() -> TypeEntries.value(PATIENCE))
                .hasMessage("THESPIS-213: " + OF_EAR
                        + "greeter/settings/patience must be a duration, as 1500 (milliseconds),"
                        + " 30s, 5m, 2h, 1d or PT30S, was \"soon\"");
    }

    @Test
    void aSettingThatNobodyInjectsRefusesTheDeployment() {
        put(OF_EAR + "greeter/settings/wellcome", "hello");
        isRefused("THESPIS-212: " + OF_EAR + "greeter/settings/wellcome is injected nowhere in "
                + Greeter.class.getName() + "; is welcome meant?");
    }

    @Test
    void whatAnAuthorIsToldIsNotInTheLog() {
        put(OF_EAR + "greeter/settings/welcome", "s3cret");
        try (LogOf log = LogOf.type(TypeEntries.class)) {
            configure();
            TypeEntries.value(WELCOME);
            assertThat(log.lines()).containsExactly(OF_EAR + "greeter/settings/welcome is set");
        }
    }

    @Test
    void moreEntriesThanAnybodyMeansRefuseTheDeployment() {
        for (int i = 0; i <= 2_000; i++) {
            put(OF_EAR + "chatRoom/x" + i, "1");
        }
        isRefused("THESPIS-219: more than 2000 entries lie below " + OF_EAR + "; take some away");
    }

    @Test
    void anEntryThatIsBrokenIsNotTakenForNone() {
        put(OF_SERVER + "chatRoom/roles", new NamingException("no factory"));
        isRefused("THESPIS-213: " + OF_SERVER + "chatRoom/roles is bound, and cannot be looked up:"
                + " \"javax.naming.NamingException: no factory\"");
    }

    @Test
    void aContextThatIsEmptyIsNoEntry() {
        put(
                OF_EAR + "chatRom",
                java.lang.reflect.Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (p, method, arguments) -> null));
        assertThat(configure()).hasSize(5);
    }
}
