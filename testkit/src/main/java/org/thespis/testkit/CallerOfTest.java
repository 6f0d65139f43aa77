package org.thespis.testkit;

import java.security.Principal;
import java.util.function.Supplier;
import org.thespis.runtime.message.Caller;

/** Who is logged in in a thread of the test. Roles will stand beside the name. Any thread. */
final class CallerOfTest {

    /** As servers call nobody. */
    private static final Caller NOBODY = new Caller("anonymous");

    private final ThreadLocal<Caller> current = new ThreadLocal<>();

    Principal principal() {
        Caller caller = current.get();
        return (caller == null ? NOBODY : caller).principal().orElseThrow();
    }

    <T> T run(Caller caller, Supplier<T> work) {
        Caller outer = current.get();
        current.set(caller);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }
}
