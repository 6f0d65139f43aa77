package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorConnection;
import org.thespis.client.ClientTimes;
import org.thespis.client.ConnectionStatus;
import org.thespis.client.Encoding;
import org.thespis.client.RemoteActor;

/** A server that is killed, and redeployed to, under the Java client's open connections. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class JavaClientRestartIT {

    private static final int MEANWHILE = 5;
    private static final long WAIT_SECONDS = 300;
    private static final ClientTimes PATIENT = ClientTimes.DEFAULT
            .withPauses(Duration.ofMillis(100), Duration.ofSeconds(1))
            .withCall(Duration.ofSeconds(WAIT_SECONDS))
            .withRetry(Duration.ofSeconds(WAIT_SECONDS));

    /** One client with a connection, and what it has heard. */
    private static final class Visitor implements AutoCloseable {
        private final String key = UUID.randomUUID().toString();
        private final ActorClient client;
        private final RemoteActor counter;
        private final ActorConnection connection;
        private final List<List<Object>> heard;
        private int count;
        private String before = "";

        Visitor(ServerProcess server, Encoding encoding) {
            client = ActorClient.builder(server.address())
                    .encoding(encoding)
                    .times(PATIENT)
                    .build();
            counter = client.type("counter").getOrCreate(key);
            connection = counter.connect();
            heard = collect(connection, "newCount");
        }

        void increment() {
            assertThat(number(connection, "increment")).isEqualTo(++count);
            assertThat(number(counter, "increment")).isEqualTo(++count);
        }

        /** Notes which connection it is now. */
        void remember() {
            before = up(connection).connectionId().orElseThrow();
        }

        boolean isBack() {
            return connection.status() == ConnectionStatus.CONNECTED
                    && !connection.connectionId().orElse(before).equals(before);
        }

        boolean isLost() {
            return connection.status() != ConnectionStatus.CONNECTED;
        }

        /** Whether each count was heard, in order, once. */
        boolean hasHeardAll() {
            List<Integer> counts = heard.stream()
                    .map(arguments -> ((Number) arguments.get(0)).intValue())
                    .toList();
            return counts.equals(IntStream.rangeClosed(1, count).boxed().toList());
        }

        @Override
        public void close() {
            client.close();
        }
    }

    @Test
    void connectionsComeBackWithTheirSubscriptionsAndNothingLeaks() throws Exception {
        Path ear = Report.folder("restart").resolve("thespis.ear");
        TestEar.withFixtures(Map.of("management", "open")).as(ZipExporter.class).exportTo(ear.toFile(), true);
        try (ServerProcess server = new ServerProcess("restart", ear)) {
            server.start();
            List<Visitor> visitors = Stream.of(Encoding.values())
                    .map(encoding -> new Visitor(server, encoding))
                    .toList();
            visitors.forEach(Visitor::increment);
            visitors.forEach(Visitor::remember);
            server.kill();
            until("all are lost", () -> visitors.stream().allMatch(Visitor::isLost));
            List<CompletionStage<Integer>> connected = new ArrayList<>();
            List<CompletionStage<Integer>> stateless = new ArrayList<>();
            for (Visitor visitor : visitors) {
                for (int i = 0; i < MEANWHILE; i++) {
                    connected.add(visitor.connection.call(Integer.class, "increment"));
                }
                stateless.add(visitor.counter.call(Integer.class, "getCount"));
                visitor.count += MEANWHILE;
            }
            server.start();
            for (int i = 0; i < connected.size(); i++) {
                assertThat(await(connected.get(i))).isEqualTo(3 + i % MEANWHILE);
            }
            stateless.forEach(one -> assertThat(await(one)).isBetween(2, 2 + MEANWHILE));
            until("all are back", () -> visitors.stream().allMatch(Visitor::isBack));
            visitors.forEach(Visitor::increment);
            until("all is heard", () -> visitors.stream().allMatch(Visitor::hasHeardAll));

            visitors.forEach(Visitor::remember);
            server.redeploy();
            until("all are back", () -> visitors.stream().allMatch(Visitor::isBack));
            visitors.forEach(Visitor::increment);
            until("all is heard", () -> visitors.stream().allMatch(Visitor::hasHeardAll));

            visitors.forEach(Visitor::close);
            until("no thread of a client is left", () -> clientThreads().isEmpty());
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void until(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("gave up waiting until " + what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("thespis-client-")) // Tyrus keeps two for all clients of a JVM
                .toList();
    }
}
