package org.thespis.runtime.archive;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;

/** Reads the names and annotations of one class file; see chapter 4 of the specification of the Java virtual machine. */
final class ClassFileReader {

    private static final int MAGIC = 0xCAFEBABE;
    private static final String ANNOTATIONS = "RuntimeVisibleAnnotations";

    private final DataInputStream in;
    private final Set<String> annotations = new HashSet<>();
    private String[] texts;
    private int[] classes;

    ClassFileReader(byte[] bytes) {
        in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    ClassFile read(String archive) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("no class");
        }
        in.skipNBytes(4); // the version
        readConstants();
        int access = in.readUnsignedShort();
        String name = className();
        String superName = className();
        in.skipNBytes(2 * in.readUnsignedShort()); // interfaces
        readMembers(); // fields
        readMembers(); // methods
        readAttributes();
        boolean concrete = !Modifier.isAbstract(access) && !Modifier.isInterface(access);
        return new ClassFile(archive, name, superName, concrete, Set.copyOf(annotations));
    }

    private void readConstants() throws IOException {
        int count = in.readUnsignedShort();
        texts = new String[count];
        classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                default -> in.skipNBytes(length(tag));
            }
            if (tag == 5 || tag == 6) {
                i++; // a long or double counts for two
            }
        }
    }

    /** The bytes of a constant behind its tag. */
    private static int length(int tag) throws IOException {
        return switch (tag) {
            case 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IOException("a constant of an unknown kind");
        };
    }

    /** Empty for what is above {@code Object}. */
    private String className() throws IOException {
        int index = in.readUnsignedShort();
        return index == 0 ? "" : texts[classes[index]].replace('/', '.');
    }

    private void readMembers() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(6); // access, name, type
            readAttributes();
        }
    }

    private void readAttributes() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            String name = texts[in.readUnsignedShort()];
            int length = in.readInt();
            if (ANNOTATIONS.equals(name)) {
                readAnnotations();
            } else {
                in.skipNBytes(length);
            }
        }
    }

    private void readAnnotations() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            annotations.add(skipAnnotation());
        }
    }

    private String skipAnnotation() throws IOException {
        String type = texts[in.readUnsignedShort()];
        int members = in.readUnsignedShort();
        for (int i = 0; i < members; i++) {
            in.skipNBytes(2); // its name
            skipValue();
        }
        return type;
    }

    private void skipValue() throws IOException {
        char tag = (char) in.readUnsignedByte();
        switch (tag) {
            case 'e' -> in.skipNBytes(4);
            case '@' -> skipAnnotation();
            case '[' -> {
                int count = in.readUnsignedShort();
                for (int i = 0; i < count; i++) {
                    skipValue();
                }
            }
            default -> in.skipNBytes(2);
        }
    }
}
