package org.thespis.runtime.document;

import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.HijrahDate;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.thespis.runtime.document.FormatOneTypes.Position;

/** A field each of types and values that cannot come back. */
@SuppressWarnings({"unused", "rawtypes", "unchecked"})
final class Refused {

    private Refused() {}

    static class Pet {
        int age = 1;
    }

    static class Cat extends Pet {
        int lives = 9;
    }

    static final class Ring {
        Ring next = this;
    }

    static final class Chain {
        Chain next;
    }

    /** Types of which some values come back, but not these. */
    static final class InTheTurn {
        Pet subclass = new Cat();
        List<Pet> subclasses = new ArrayList<>(List.of(new Pet(), new Cat()));
        Pet anonymous = new Pet() {};
        Ring ring = new Ring();
        Chain chain = chain(600);
        List<Object> holdsItself = new ArrayList<>();
        Map<String, Object> mapOfItself = new HashMap<>();
        Object[] arrayOfItself = new Object[1];
        Map<String, Integer> byLength = new TreeMap<>(Comparator.comparing(String::length));
        TreeSet<String> nullsFirst = new TreeSet<>(Comparator.nullsFirst(String.CASE_INSENSITIVE_ORDER));
        PriorityQueue<Integer> lambdaQueue = new PriorityQueue<>((a, b) -> b - a);
        Object record = new Position(1, 2);
        Object lock = new ReentrantLock();
        Map<String, Object> recordInside = new HashMap<>(Map.of("r", new Position(1, 2)));
        Number ownNumber = new Number() {
            @Override
            public int intValue() {
                return 1;
            }

            @Override
            public long longValue() {
                return 1;
            }

            @Override
            public float floatValue() {
                return 1;
            }

            @Override
            public double doubleValue() {
                return 1;
            }
        };
        List<Integer> view = new ArrayList<>(List.of(1, 2, 3)).subList(0, 2);
        Set<String> keys = new HashMap<>(Map.of("a", 1)).keySet();
        List<Integer> copies = Collections.nCopies(3, 1);
        Map<String, Integer> identities = new IdentityHashMap<>(Map.of("a", 1));
        Map<String, Integer> anonymousMap = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > 3;
            }
        };
        List<Integer> heap = (List) new ArrayList<>(List.of("text"));
        Pet[] otherArray = new Cat[0];
        Object[] texts = new String[] {"a"};
        LinkedBlockingQueue<Integer> bounded = new LinkedBlockingQueue<>(3);
        Map<String, Integer> byAccess = new LinkedHashMap<>(16, 0.75f, true);
        Properties defaults = new Properties(properties("a"));
        NavigableSet<Integer> part = new TreeSet<>(Set.of(1, 2, 3)).headSet(2, true);
        Set<Integer> partOfSkipList = new ConcurrentSkipListSet<>(Set.of(1, 2, 3)).tailSet(2);
        Set<String> concurrentKeys = new ConcurrentHashMap<>(Map.of("a", 1)).keySet();
        List<String> few = List.of("a", "b", "c").subList(0, 2);
        Set<String> fromMap = Collections.newSetFromMap(new ConcurrentHashMap<>());
        BigDecimal exponent = new BigDecimal(BigInteger.ZERO, Integer.MIN_VALUE);
        BigDecimal ownDecimal = new BigDecimal("1") {};
        Timestamp overflown = new Timestamp(Long.MIN_VALUE);
        URL ownHandler = ownHandler();
        Calendar buddhist = Calendar.getInstance(new Locale("th", "TH"));
        TimeZone ownZone = new SimpleTimeZone(3_600_000, "X");
        ChronoLocalDate hijrah = HijrahDate.of(1445, 1, 1);
        Object constant = FormatOneTypes.Color.RED;
        Object failure = new IllegalStateException("x");
        Object type = String.class;
        Object lambda = (Runnable) () -> {};
        Object matrix = new int[][] {{1}};
        Object constants = EnumSet.of(FormatOneTypes.Color.RED);
        Object nothing = new Object();
        Comparable<?> ownComparable = (Comparable<Integer>) other -> 0;

        InTheTurn() {
            holdsItself.add(holdsItself);
            mapOfItself.put("me", mapOfItself);
            arrayOfItself[0] = arrayOfItself;
            byLength.put("a", 1);
        }

        private static Properties properties(String name) {
            Properties properties = new Properties();
            properties.setProperty(name, "1");
            return properties;
        }

        private static URL ownHandler() {
            try {
                return new URL(null, "own:x", new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return null;
                    }
                });
            } catch (MalformedURLException e) {
                throw new AssertionError(e);
            }
        }

        private static Chain chain(int length) {
            Chain chain = null;
            for (int i = 0; i < length; i++) {
                Chain next = new Chain();
                next.next = chain;
                chain = next;
            }
            return chain;
        }
    }

    interface Plain {}

    abstract static class Half {
        int a;
    }

    static class NoConstructor {
        final int a;

        NoConstructor(int half) {
            this.a = 2 * half;
        }
    }

    class Inner {
        int a;
    }

    static class OwnList extends ArrayList<String> {}

    static class OwnFailure extends RuntimeException {}

    static class Twice extends Pet {
        int age = 3;
    }

    static class Formatted {
        @JsonbDateFormat("yyyy")
        LocalDate date;
    }

    static class OnGetter {
        private int a;

        @JsonbTransient
        public int getA() {
            return a;
        }
    }

    static class Creator {
        private int a;

        @JsonbCreator
        Creator(@JsonbProperty("b") int b) {
            a = b;
        }
    }

    static class Marked {
        @JsonbProperty("@type")
        String type;
    }

    static class Endless<T> {
        Endless<List<T>> next;
    }

    sealed interface Half2 permits Open, Closed {}

    non-sealed interface Open extends Half2 {}

    record Closed() implements Half2 {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "x", type = One.class), @JsonbSubtype(alias = "x", type = Two.class)})
    interface SameAlias {}

    record One() implements SameAlias {}

    record Two() implements SameAlias {}

    static class WithLock {
        private final ReentrantLock lock = new ReentrantLock();
        int a;
    }

    static class NotForIt {
        @JsonbTypeAdapter(FormatOneTypes.Degrees.class)
        String text;
    }

    /** Types of which no value comes back. */
    static final class AtDeployment {
        Plain plain;
        List<Plain> plains;
        Half half;
        NoConstructor noConstructor;
        Inner inner;
        OwnList ownList;
        OwnFailure failure;
        Twice twice;
        Formatted formatted;
        OnGetter onGetter;
        Creator creator;
        Marked marked;
        Endless<String> endless;
        Half2 halfSealed;
        SameAlias sameAlias;
        WithLock withLock;
        NotForIt notForIt;
        Runnable runnable;
        Comparator<String> comparator;
        Thread thread;
        Class<?> type;
        InputStream stream;
        Random random;
        WeakHashMap<String, String> weak;
        IdentityHashMap<String, String> identity;
        ArrayBlockingQueue<String> bounded;
        EnumMap<?, String> anyEnumMap;
        java.util.function.Supplier<String> supplier;
        Map<String, List<Plain[]>> deep;
        ThreadLocal<String> local;
        Exception exception;
        java.lang.ref.WeakReference<String> reference;
        java.util.concurrent.CompletableFuture<String> future;
        java.util.stream.Stream<String> stringStream;
        java.util.Iterator<String> iterator;
        java.util.concurrent.locks.Lock lock;
        java.net.InetAddress address;
        java.time.temporal.TemporalUnit unit;
        java.util.concurrent.atomic.DoubleAdder adder;
        java.util.concurrent.atomic.AtomicReferenceArray<String> references;
        java.util.StringJoiner joiner;
        Record anyRecord;
        Throwable thrown;
        Void nothing;
    }
}
