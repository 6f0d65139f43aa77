package org.thespis.test;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small disks in memory for folders, which can be filled to their last byte. Linux as root only. */
final class FullDisk implements AutoCloseable {

    private static final String SIZE = "size=192m";
    private static final String FILL = "fill";
    private static final int BLOCK = 1 << 16;

    private final List<Path> folders = new ArrayList<>();

    /** False if no disk can be made for a folder; what stood in it is not seen until this is closed. */
    boolean mount(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> command = List.of("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString());
        try {
            if (Commands.in(Node.ROOT).run(1, command).exitCode() != 0) {
                return false;
            }
        } catch (RuntimeException e) { // there is no such program
            return false;
        }
        folders.add(folder);
        return true;
    }

    /** From now on nothing more can be written. */
    void fill() throws IOException {
        byte[] zeros = new byte[BLOCK];
        for (Path folder : folders) {
            for (int size = BLOCK; size > 0; size /= 2) {
                fill(folder.resolve(FILL + size), zeros, size);
            }
        }
    }

    private static void fill(Path file, byte[] zeros, int size) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        try (out) {
            while (true) {
                out.write(zeros, 0, size);
            }
        } catch (IOException full) {
            return;
        }
    }

    void free() throws IOException {
        for (Path folder : folders) {
            for (int size = BLOCK; size > 0; size /= 2) {
                Files.deleteIfExists(folder.resolve(FILL + size));
            }
        }
    }

    @Override
    public void close() {
        folders.forEach(folder -> Commands.in(Node.ROOT).run(1, List.of("umount", "-l", folder.toString())));
        folders.clear();
    }
}
