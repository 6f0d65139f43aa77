package org.thespis.runtime.archive;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A class that uses annotations of actors.
 *
 * @param archive where it stands, as the log calls it
 * @param superName the name of the class that it extends
 * @param isConcrete whether it is neither an interface nor abstract
 * @param annotations of the class, its fields and methods, as descriptors of their types
 */
public record ClassFile(String archive, String name, String superName, boolean isConcrete, Set<String> annotations) {

    private static final byte[] OF_ACTORS = "Lorg/thespis/api/".getBytes(StandardCharsets.US_ASCII);

    /** Whether it, or one of its members, has that annotation. */
    public boolean has(Class<? extends Annotation> annotation) {
        return annotations.contains(annotation.descriptorString());
    }

    /**
     * Reads a class file.
     *
     * @return empty if it has nothing to do with actors, or nobody can read it
     */
    static Optional<ClassFile> read(String archive, byte[] bytes) {
        if (!mentionsActors(bytes)) {
            return Optional.empty(); // most: looked at no further
        }
        try {
            return Optional.of(new ClassFileReader(bytes).read(archive));
        } catch (IOException | RuntimeException e) { // broken: CDI complains of it
            return Optional.empty();
        }
    }

    private static boolean mentionsActors(byte[] bytes) {
        for (int i = 0; i <= bytes.length - OF_ACTORS.length; i++) {
            int same = 0;
            while (same < OF_ACTORS.length && bytes[i + same] == OF_ACTORS[same]) {
                same++;
            }
            if (same == OF_ACTORS.length) {
                return true;
            }
        }
        return false;
    }
}
