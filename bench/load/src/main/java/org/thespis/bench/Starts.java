package org.thespis.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a server needs from its start to the first action, and with an EAR of one page to that page. */
final class Starts {

    private static final double MAX_RATIO = 1.5;
    private static final int ROUNDS = 5;

    private final Stage stage;

    Starts(Stage stage) {
        this.stage = stage;
    }

    /** Starts the server itself, several times. */
    void run() throws Exception {
        Path root = stage.settings().root();
        Path ours = root.resolve("ear/target/thespis.ear"); // without what is there for measuring only
        Path empty = BenchEar.empty(root);
        String action = "/gateway/chatRoom/action/history" + Peer.query("start");
        Path alone = BenchEar.withoutCluster(root);
        List<Duration> ourTimes = new ArrayList<>();
        List<Duration> aloneTimes = new ArrayList<>();
        List<Duration> emptyTimes = new ArrayList<>();
        for (int round = 0; round < (stage.settings().brief() ? 1 : ROUNDS); round++) {
            emptyTimes.add(time(empty, "/", null));
            stage.server().forget();
            ourTimes.add(time(ours, action, "{\"args\":[]}"));
            stage.server().forget();
            aloneTimes.add(time(alone, action, "{\"args\":[]}"));
        }
        double ratio = seconds(ourTimes) / seconds(emptyTimes);
        stage.table().plainHeading(stage.server().kind() + ": start");
        stage.table().plain("server with an EAR of one page, to that page", text(seconds(emptyTimes)), "");
        stage.table()
                .plain(
                        "server with the EAR of the demo, to the first action, which creates an actor",
                        text(seconds(ourTimes)),
                        "");
        stage.table().plain("the same EAR without the library of a cluster", text(seconds(aloneTimes)), "");
        stage.table()
                .plain(
                        "ratio of the EAR of the demo to an EAR of one page",
                        String.format(Locale.ROOT, "%.2f", ratio),
                        "≤ " + MAX_RATIO + (ratio <= MAX_RATIO ? ": met" : ": **missed**"));
    }

    private Duration time(Path ear, String path, String body) throws Exception {
        try {
            return stage.server().timeOfStart(ear, path, body);
        } finally {
            stage.server().stop();
        }
    }

    private static double seconds(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2).toMillis() / 1e3;
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
