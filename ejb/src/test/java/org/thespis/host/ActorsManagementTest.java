package org.thespis.host;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.LogLevel;
import org.thespis.runtime.ActorSystem;
import org.thespis.runtime.LocalRelay;
import org.thespis.runtime.LogOf;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.TypeEntries;
import org.thespis.runtime.settings.ActorSettings;

/** An administrator changes limits while the application runs; what cannot be meant so changes nothing. */
class ActorsManagementTest {

    private static final String ENTRY = "thespis/actors/chatRoom/";
    private static final ObjectName NAME = name("app \"1\"");

    @Actor(value = "chatRoom", sleepTimeoutMillis = 3, maxWaitingCalls = 7, logLevel = LogLevel.ERROR)
    static class ChatRoom {
        @Action
        void say() {
            // only its name is of interest
        }
    }

    @Actor("log")
    static class Log {}

    private final NamesOfTest names = NamesOfTest.open();
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final List<ActorDefinition> declared =
            List.of(ActorDefinition.of(ChatRoom.class), ActorDefinition.of(Log.class));
    private final List<Collection<ActorDefinition>> told = new ArrayList<>();
    private ActorSystem system;
    private ActorsManagement management;

    @BeforeEach
    void start() {
        start(Duration.ofSeconds(60));
    }

    private void start(Duration patience) {
        JndiSettings jndi = new JndiSettings();
        TypeEntries entries = new TypeEntries(jndi, List.of());
        system = new ActorSystem(
                entries.configure(declared),
                (definition, context) -> null,
                new MemoryStateStore(),
                Runnable::run,
                Runnable::run,
                Runnable::run,
                HostSettings.actors(jndi));
        management = new ActorsManagement(
                system,
                () -> List.of("10.0.0.1:7800", "10.0.0.2:7800"),
                new SettingsReload(system, jndi, entries, declared, told::add),
                reader,
                patience);
        management.register("app \"1\"");
    }

    @AfterEach
    void stop() {
        management.unregister();
        reader.shutdownNow();
        names.close();
    }

    private static ObjectName name(String application) {
        try {
            return new ObjectName("org.thespis:type=Actors,application=" + ObjectName.quote(application));
        } catch (javax.management.MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(String name, Object value) {
        NamesOfTest.NAMES.put(name, value);
    }

    private String[] reload() throws Exception {
        return (String[]) beans.invoke(NAME, "reload", new Object[0], new String[0]);
    }

    private void isRefused(String message) {
        ActorSettings before = settings("chatRoom");
        assertThatThrownBy(this::reload)
                .isInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
        assertThat(settings("chatRoom")).isEqualTo(before);
    }

    private ActorSettings settings(String type) {
        return system.container(type).orElseThrow().settings();
    }

    @Test
    void whatIsSaidNowCountsFromThenOn() throws Exception {
        put(ENTRY + "sleep-timeout-millis", "5m");
        put("thespis/action-timeout-millis", "7s");
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMillis(3));
        assertThat(reload())
                .containsExactlyInAnyOrder(
                        "chatRoom/sleep-timeout-millis: PT0.003S -> PT5M",
                        "chatRoom/action-timeout-millis: PT1M -> PT7S",
                        "log/action-timeout-millis: PT1M -> PT7S");
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings("log").actionTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(reload()).isEmpty();
    }

    @Test
    void rolesOriginsAndSizesCountFromThenOnToo() throws Exception {
        put(ENTRY + "roles", "talker");
        put(ENTRY + "create-roles", "-");
        put(ENTRY + "created-by", "application");
        put(ENTRY + "allowed-origins", "https://app.example");
        put(ENTRY + "log-level", "debug");
        put(ENTRY + "max-incoming-bytes", 100);
        put(ENTRY + "actions/say/timeout-millis", "1s");
        put(ENTRY + "actions/say/roles", "speaker");
        assertThat(reload())
                .containsExactlyInAnyOrder(
                        "chatRoom/roles: * -> talker",
                        "chatRoom/create-roles: * -> -",
                        "chatRoom/created-by: CLIENTS -> APPLICATION",
                        "chatRoom/allowed-origins: those for all actors -> https://app.example",
                        "chatRoom/log-level: ERROR -> DEBUG",
                        "chatRoom/max-incoming-bytes: 65536 -> 100",
                        "chatRoom/actions/say/timeout-millis: that of the type -> PT1S",
                        "chatRoom/actions/say/roles: * -> speaker");
        ActorDefinition counts = system.container("chatRoom").orElseThrow().definition();
        assertThat(counts.access().roles()).containsExactlyInAnyOrder("talker", "speaker");
        assertThat(told).singleElement(as(COLLECTION)).hasSize(2);
        assertThat(new LocalRelay(system).limits("chatRoom").incoming()).contains(100);
        assertThat(new LocalRelay(system).origins()).hasSize(1);
        assertThat(reload()).isEmpty();
        NamesOfTest.NAMES.keySet().removeIf(name -> name.startsWith(ENTRY));
        assertThat(reload()).hasSize(8);
        assertThat(new LocalRelay(system).origins()).isEmpty();
        assertThat(system.container("chatRoom")
                        .orElseThrow()
                        .definition()
                        .action("say")
                        .timeout())
                .isEmpty();
    }

    @Test
    void whatIsNotSaidAnyMoreIsAsTheAnnotationSays() throws Exception {
        put(ENTRY + "max-waiting-calls", 9);
        reload();
        assertThat(settings("chatRoom").maxWaitingCalls()).isEqualTo(9);
        NamesOfTest.NAMES.remove(ENTRY + "max-waiting-calls");
        assertThat(reload()).containsExactly("chatRoom/max-waiting-calls: 9 -> 7");
    }

    @Test
    void whatCannotBeMeantSoLeavesAllAsItWas() {
        put(ENTRY + "sleep-timeout-millis", "5m");
        put(ENTRY + "max-waiting-calls", "many");
        isRefused("THESPIS-213: thespis/actors/chatRoom/max-waiting-calls must be a whole number from 1 to 2147483647,"
                + " was \"many\"");
        put(ENTRY + "max-waiting-calls", 5);
        put(ENTRY + "sleep-timeot-millis", 5);
        isRefused(
                "THESPIS-212: thespis/actors/chatRoom/sleep-timeot-millis is no option of actors; is sleep-timeout-millis"
                        + " meant?");
        NamesOfTest.NAMES.remove(ENTRY + "sleep-timeot-millis");
        put("thespis/max-subscriptions", 0);
        isRefused("thespis/max-subscriptions must be at least 1, was 0");
    }

    @Test
    void whatNeedsARedeploymentIsToldAndStays() throws Exception {
        put(ENTRY + "durability", "NONE");
        put(ENTRY + "executor", "java:comp/Some");
        put(ENTRY + "data-source", "java:comp/Some");
        put("thespis/commit-timeout-millis", "1s");
        put("thespis/verify-state", "never");
        String[] told = reload();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "chatRoom/durability: a redeployment is needed",
                        "chatRoom/executor: a redeployment is needed",
                        "chatRoom/data-source: a redeployment is needed",
                        "commit-timeout-millis: a redeployment is needed",
                        "verify-state: a redeployment is needed");
        assertThat(settings("chatRoom").commitTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(reload()).as("it is still needed").containsExactlyInAnyOrder(told);
    }

    @Test
    @SuppressWarnings("unchecked")
    void theBeanTellsWhatCounts() throws Exception {
        assertThat(management.options("chatRoom"))
                .containsEntry("max-waiting-calls", "7")
                .containsEntry("sleep-timeout-millis", "PT0.003S")
                .containsEntry("roles", "*")
                .containsEntry("log-level", "ERROR")
                .containsEntry("allowed-origins", "those for all actors")
                .doesNotContainKeys("durability");
        assertThat(management.getAwake()).isEqualTo(Map.of("chatRoom", 0, "log", 0));
        assertThat(beans.getAttribute(NAME, "Awake")).isNotNull();
        assertThat(beans.getAttribute(NAME, "FencedCommits")).isEqualTo(0L);
        assertThat((String[]) beans.getAttribute(NAME, "Nodes")).containsExactly("10.0.0.1:7800", "10.0.0.2:7800");
        assertThatThrownBy(() -> management.options("other")).isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jndiThatHangsChangesNothingEvenIfItAnswersLater() throws Exception {
        management.unregister();
        start(Duration.ofMillis(50));
        put(ENTRY + "sleep-timeout-millis", "5m");
        CountDownLatch hangs = new CountDownLatch(1);
        reader.execute(() -> await(hangs));
        assertThatThrownBy(this::reload)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("JNDI has not answered for PT0.05S");
        hangs.countDown();
        reader.submit(() -> {}).get(); // behind it
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void whoIsInterruptedAsItIsReadChangesNothingEither() throws Exception {
        put(ENTRY + "sleep-timeout-millis", "5m");
        CountDownLatch hangs = new CountDownLatch(1);
        reader.execute(() -> await(hangs));
        Thread.currentThread().interrupt();
        assertThatThrownBy(management::reload)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted; nothing has changed");
        assertThat(Thread.interrupted()).as("it is said to who called").isTrue();
        hangs.countDown();
        reader.submit(() -> {}).get(); // behind it
        assertThat(settings("chatRoom").sleepTimeout()).isEqualTo(Duration.ofMillis(3));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoAsksAnApplicationThatStopsIsToldSo() {
        reader.shutdown();
        assertThatThrownBy(this::reload).cause().isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNameThatIsTakenLeavesTheOtherBeanAlone() throws Exception {
        try (LogOf log = LogOf.type(ActorsManagement.class)) {
            ActorsManagement second = new ActorsManagement(system, List::of, null, reader, Duration.ofSeconds(1));
            second.register("app \"1\"");
            assertThat(log.lines()).containsExactly("there is no MBean for the actors of app \"1\"");
            second.unregister();
        }
        assertThat(beans.isRegistered(NAME)).isTrue();
        management.unregister();
        assertThat(beans.isRegistered(NAME)).isFalse();
    }
}
