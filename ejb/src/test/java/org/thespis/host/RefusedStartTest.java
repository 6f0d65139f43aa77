package org.thespis.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.runtime.cdi.ActorExtension;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.module.Modules;
import org.thespis.runtime.settings.SettingException;

/** A deployment that is refused leaves nothing behind: no server ends what a start had begun. */
class RefusedStartTest {

    private static final Duration TIME = Duration.ofSeconds(20);

    @Actor(value = "room", executor = "java:comp/NotThere")
    static class Room {}

    @Actor(value = "hall", dataSource = "java:comp/NotThere")
    static class Hall {}

    @Actor("plain")
    static class Plain {}

    private final NamesOfTest names = NamesOfTest.open();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void server() {
        NamesOfTest.NAMES.put("java:comp/DefaultManagedThreadFactory", stub(ManagedThreadFactory.class));
        NamesOfTest.NAMES.put(
                "java:comp/DefaultManagedScheduledExecutorService", stub(ManagedScheduledExecutorService.class));
        NamesOfTest.NAMES.put("java:comp/DefaultContextService", context());
        NamesOfTest.NAMES.put(ActorHost.TURNS, context());
    }

    @AfterEach
    void close() {
        names.close();
    }

    private static Object context() {
        Executor executor = Runnable::run;
        return Proxy.newProxyInstance(
                ContextService.class.getClassLoader(), new Class<?>[] {ContextService.class}, (p, m, a) -> executor);
    }

    private Object stub(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> {
            assertThat(m.getName()).isEqualTo("newThread");
            Thread thread = new Thread((Runnable) a[0]);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
    }

    private static ActorHost host(Class<?>... types) {
        List<ActorDefinition> declared =
                List.of(types).stream().map(ActorDefinition::of).toList();
        ActorHost host = new ActorHost();
        host.extension = new ActorExtension() {
            @Override
            public Collection<ActorDefinition> definitions() {
                return declared;
            }
        };
        host.modules = new Modules();
        return host;
    }

    private void isRefused(ActorHost host, String message) throws InterruptedException {
        assertThatThrownBy(host::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(threads).as("which were there before it was refused").isNotEmpty();
        for (Thread thread : threads) {
            thread.join(TIME.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(host.extension.system()).isEmpty();
    }

    @Test
    void anExecutorThatIsNotThereLeavesNoThreads() throws Exception {
        isRefused(
                host(Room.class),
                "THESPIS-213: executor of @Actor on " + Room.class.getName()
                        + " must be the JNDI name of an executor, was \"java:comp/NotThere\"");
    }

    @Test
    void aDataSourceThatIsNotThereLeavesNoThreads() throws Exception {
        isRefused(
                host(Hall.class),
                "THESPIS-213: dataSource of @Actor on " + Hall.class.getName()
                        + " must be the JNDI name of a data source, was \"java:comp/NotThere\"");
    }

    @Test
    void whatIsFoundWrongWhenTheActorsAreThereLeavesNoThreads() throws Exception {
        NamesOfTest.NAMES.put("thespis/max-inside-calls", 0);
        isRefused(host(Plain.class), "thespis/max-inside-calls must be at least 1, was 0");
    }

    @Test
    void aWrongEntryIsFoundBeforeThereIsAnyThread() {
        NamesOfTest.NAMES.put("thespis/actors/plain/log-levl", "debug");
        assertThatThrownBy(host(Plain.class)::start)
                .isInstanceOf(SettingException.class)
                .hasMessage("THESPIS-212: thespis/actors/plain/log-levl is no option of actors; is log-level meant?");
        assertThat(threads).isEmpty();
    }
}
