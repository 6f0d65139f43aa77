package org.thespis.testkit;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.security.Principal;
import java.time.Clock;

/** What a server has, and the kit in its place: who is logged in, and a clock. */
final class KitBeans implements Extension {

    /** Before whatever the author has for that. */
    private static final int FIRST = Integer.MAX_VALUE;

    private final TestClock clock;
    private final CallerOfTest caller;

    KitBeans(TestClock clock, CallerOfTest caller) {
        this.clock = clock;
        this.caller = caller;
    }

    void add(@Observes AfterBeanDiscovery event) {
        event.<TestClock>addBean()
                .id("org.thespis.testkit.clock")
                .beanClass(TestClock.class)
                .types(TestClock.class, Clock.class, Object.class)
                .scope(Dependent.class)
                .alternative(true)
                .priority(FIRST)
                .createWith(creational -> clock);
        event.<Principal>addBean()
                .id("org.thespis.testkit.principal")
                .beanClass(CallerOfTest.class)
                .types(Principal.class, Object.class)
                .scope(Dependent.class)
                .createWith(creational -> caller.principal());
    }
}
