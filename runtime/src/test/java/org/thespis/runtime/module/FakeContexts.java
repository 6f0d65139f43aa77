package org.thespis.runtime.module;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A server's context service: a context is a text that a thread has. */
final class FakeContexts {

    final ThreadLocal<String> here = new ThreadLocal<>();

    /** What was used by two threads at a time. */
    final Set<Executor> shared = ConcurrentHashMap.newKeySet();

    volatile boolean refuses;
    volatile boolean breaksBehind;

    ContextService service() {
        return (ContextService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ContextService.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("currentContextExecutor")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return new Context(here.get());
                });
    }

    private final class Context implements Executor {

        private final String text;
        private final Set<Thread> users = ConcurrentHashMap.newKeySet();

        private Context(String text) {
            this.text = text;
        }

        @Override
        public void execute(Runnable task) {
            if (refuses) {
                throw new IllegalStateException("the module is disabled");
            }
            users.add(Thread.currentThread());
            if (users.size() > 1) {
                shared.add(this);
            }
            String outer = here.get();
            here.set(text);
            try {
                task.run();
            } finally {
                here.set(outer);
                users.remove(Thread.currentThread());
            }
            if (breaksBehind) {
                throw new IllegalStateException("the context could not be reset");
            }
        }
    }
}
