package org.thespis.host;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.naming.Context;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** A naming service of what a test has put there, that notes what it is asked for. Until it is closed. */
public final class NamesOfTest implements InitialContextFactory, AutoCloseable {

    static final SortedMap<String, Object> NAMES = new TreeMap<>();
    static final Set<String> ASKED = new ConcurrentSkipListSet<>();

    static NamesOfTest open() {
        NAMES.clear();
        ASKED.clear();
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, NamesOfTest.class.getName());
        return new NamesOfTest();
    }

    @Override
    public void close() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (p, method, arguments) -> switch (method.getName()) {
                    case "lookup" -> lookup((String) arguments[0]);
                    case "list" -> list((String) arguments[0]);
                    default -> null;
                });
    }

    private static Object lookup(String name) throws NamingException {
        ASKED.add(name);
        if (!NAMES.containsKey(name)) {
            throw new NameNotFoundException(name);
        }
        if (NAMES.get(name) instanceof NamingException broken) {
            throw broken;
        }
        return NAMES.get(name);
    }

    private static String first(String place, String name) {
        int end = name.indexOf('/', place.length() + 1);
        return end < 0 ? name : name.substring(0, end);
    }

    private static Object list(String place) throws NameNotFoundException {
        List<String> names = NAMES.subMap(place + "/", place + "0").keySet().stream() // 0 is the next one
                .map(name -> first(place, name))
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new NameNotFoundException(place);
        }
        Iterator<String> left = names.iterator();
        return Proxy.newProxyInstance(
                NamingEnumeration.class.getClassLoader(),
                new Class<?>[] {NamingEnumeration.class},
                (p, method, arguments) -> switch (method.getName()) {
                    case "hasMore" -> left.hasNext();
                    case "next" -> new NameClassPair(left.next(), "java.lang.String");
                    default -> null;
                });
    }
}
