package org.thespis.login;

import java.lang.reflect.Proxy;

/** Objects of the server. */
final class Stubs {

    interface Answers {
        Object of(String method, Object[] arguments);
    }

    private Stubs() {}

    @SuppressWarnings("unchecked")
    static <T> T of(Class<T> type, Answers answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.of(method.getName(), arguments));
    }
}
