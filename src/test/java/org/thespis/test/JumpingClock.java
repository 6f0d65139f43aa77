package org.thespis.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of a process, which may be set while it runs: by libfaketime (a package of Debian), where that is installed. Times that
 * are measured, and not read from the clock, go on as they do when an administrator sets the time.
 */
final class JumpingClock {

    private final Path library;
    private final Path offset;

    private JumpingClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Empty if there is no such library. */
    static Optional<JumpingClock> create(Path folder) throws IOException {
        Path libraries = Path.of("/usr/lib");
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.find(libraries, 3, (path, a) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            Optional<Path> library = all.findFirst();
            if (library.isEmpty()) {
                return Optional.empty();
            }
            JumpingClock clock = new JumpingClock(library.get(), folder.resolve("offset"));
            clock.jump(0);
            return Optional.of(clock);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0"); // else each Object.wait with a time returns at once
    }

    /** From about a second on the clock is so many seconds ahead of the real time. */
    void jump(long seconds) throws IOException {
        Files.writeString(offset, (seconds < 0 ? "" : "+") + seconds);
    }
}
