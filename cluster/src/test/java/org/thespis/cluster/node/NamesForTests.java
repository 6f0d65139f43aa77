package org.thespis.cluster.node;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;

/** A naming service of what a test has put there. */
public final class NamesForTests implements InitialContextFactory {

    private static final Map<String, Object> NAMES = new ConcurrentHashMap<>();

    /** From now on it is the one, and has nothing. */
    public static void begin() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, NamesForTests.class.getName());
        NAMES.clear();
    }

    public static void put(String name, Object value) {
        NAMES.put(name, value);
    }

    public static void end() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (p, method, arguments) -> {
                    Object found = method.getName().equals("lookup") ? NAMES.get(arguments[0]) : null;
                    if (found == null) {
                        throw new NameNotFoundException();
                    }
                    return found;
                });
    }
}
