package org.thespis.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.api.Undefined;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** Plays the scenario of {@code src/test/conformance/four} with the Java client, as {@code play.ts} does with the others. */
final class ScenarioPlayer {

    private static final Duration STEP = Duration.ofSeconds(15);

    private final ActorClient client;
    private final ActorKey key;
    private final Map<String, ActorConnection> lines = new HashMap<>();
    private final Map<String, List<Object>> heard = new HashMap<>();
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final Map<String, Object> ids = new HashMap<>();

    private ScenarioPlayer(ActorClient client, String key) {
        this.client = client;
        this.key = ActorKey.of("four", key);
    }

    /** The outcomes of each row by its name, up to the first that is another than expected. */
    static Map<String, Object> play(List<Object> scenario, String endpoint) {
        Map<String, Object> told = new HashMap<>();
        String run = "java-" + System.nanoTime();
        try (ActorClient client = ActorClient.connect(endpoint)) {
            for (Object row : scenario) {
                ScenarioPlayer player = new ScenarioPlayer(client, run + "-" + told.size());
                told.put((String) map(row).get("can"), player.row(list(map(row).get("steps"))));
            }
        }
        return told;
    }

    private List<Object> row(List<Object> steps) {
        List<Object> outcomes = new ArrayList<>();
        for (Object step : steps) {
            Object outcome = guarded(map(step));
            outcomes.add(outcome);
            if (!Outcomes.canonical(outcome).equals(map(step).get("gives"))) {
                break;
            }
        }
        lines.values().forEach(ActorConnection::close);
        return outcomes;
    }

    private Object guarded(Map<String, Object> step) {
        try {
            return step(step);
        } catch (ActorCallException e) {
            return failure(e);
        }
    }

    private Object step(Map<String, Object> step) {
        String what = step.keySet().stream()
                .filter(KINDS::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown step " + step));
        String who = (String) step.get(what);
        return switch (what) {
            case "connect" -> connect(who, (String) step.get("to"), step.get("params"));
            case "calls" -> calls(lines.get(who), list(step.get("do")));
            case "stateless" -> each(actor(who, step.get("params")), list(step.get("do")));
            case "listen", "once" -> listen(who, (String) step.get("to"), what.equals("once"));
            case "unlisten" -> unlisten(who + " " + step.get("to"));
            case "heard" -> step.containsKey("with")
                    ? heardOnce(who + " " + step.get("of"), step.get("with"))
                    : heard(who + " " + step.get("of"), ((Number) step.get("count")).intValue());
            case "remember" -> remember(who);
            case "back" -> back(who);
            case "leave" -> leave(who);
            case "create" -> each(
                    await(client.type(who).create(key, Outcomes.read(step.get("input")))), list(step.get("do")));
            default -> each(client.type(who).byId(await(actor(who, null).id())), list(step.get("do")));
        };
    }

    private static final List<String> KINDS = List.of(
            "connect",
            "calls",
            "stateless",
            "listen",
            "once",
            "unlisten",
            "heard",
            "remember",
            "back",
            "leave",
            "create",
            "byId");

    private RemoteActor actor(String type, Object parameters) {
        RemoteActor actor = client.type(type).getOrCreate(key, Undefined.UNDEFINED);
        return parameters == null ? actor : actor.withParameters(Outcomes.read(parameters));
    }

    private Object connect(String who, String type, Object parameters) {
        ActorConnection line = actor(type, parameters).connect();
        lines.put(who, line);
        await(line.opened());
        return "connected";
    }

    private static Object calls(ActorReference target, List<Object> calls) {
        List<CompletionStage<Object>> answers =
                calls.stream().map(call -> begin(target, call)).toList();
        return answers.stream().map(ScenarioPlayer::outcome).toList();
    }

    private static Object each(ActorReference target, List<Object> calls) {
        return calls.stream().map(call -> outcome(begin(target, call))).toList();
    }

    private static CompletionStage<Object> begin(ActorReference target, Object call) {
        List<Object> parts = list(call);
        Object[] arguments = parts.stream().skip(1).map(Outcomes::read).toArray();
        return target.call((String) parts.get(0), arguments);
    }

    private static Object outcome(CompletionStage<Object> answer) {
        try {
            return Outcomes.write(await(answer));
        } catch (ActorCallException e) {
            return failure(e);
        }
    }

    private static Map<String, Object> failure(ActorCallException e) {
        Map<String, Object> told = new HashMap<>();
        told.put("error", e.group() + "." + e.code());
        if (e.group().equals("user") && e.metadata() != null) {
            told.put("metadata", Outcomes.write(e.metadata()));
        }
        return told;
    }

    private Object listen(String who, String event, boolean once) {
        List<Object> got = heard.computeIfAbsent(who + " " + event, name -> new ArrayList<>());
        ActorConnection line = lines.get(who);
        Subscription subscription = once
                ? line.once(event, arguments -> hear(got, arguments))
                : line.on(event, arguments -> hear(got, arguments));
        subscriptions.put(who + " " + event, subscription);
        await(subscription.opened());
        return "listening";
    }

    private void hear(List<Object> got, List<Object> arguments) {
        synchronized (heard) {
            got.add(Outcomes.write(arguments));
        }
    }

    private Object unlisten(String name) {
        subscriptions.get(name).close();
        return "no more";
    }

    private Object heard(String name, int count) {
        List<Object> got = heard.computeIfAbsent(name, unknown -> new ArrayList<>());
        until(() -> {
            synchronized (heard) {
                return got.size() >= count;
            }
        });
        synchronized (heard) {
            return List.copyOf(got);
        }
    }

    private Object heardOnce(String name, Object arguments) {
        List<Object> got = heard.computeIfAbsent(name, unknown -> new ArrayList<>());
        until(() -> times(got, arguments) > 0);
        return times(got, arguments);
    }

    private int times(List<Object> got, Object arguments) {
        synchronized (heard) {
            return (int) got.stream()
                    .filter(one -> Outcomes.canonical(one).equals(arguments))
                    .count();
        }
    }

    private Object remember(String who) {
        ids.put(who, await(lines.get(who).call("myId")));
        return "remembered";
    }

    private Object back(String who) {
        boolean back = until(() -> {
            try {
                return !await(lines.get(who).call("myId")).equals(ids.get(who));
            } catch (ActorCallException e) {
                return false; // on its way
            }
        });
        return back ? "back" : "lost";
    }

    private Object leave(String who) {
        lines.remove(who).close();
        return "left";
    }

    private static boolean until(BooleanSupplier condition) {
        long end = System.nanoTime() + STEP.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    private static <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            return future.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof ActorCallException told) {
                throw told;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new ActorCallException("test", "nothing_came", "nothing within " + STEP, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
