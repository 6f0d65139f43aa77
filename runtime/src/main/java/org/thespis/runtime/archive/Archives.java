package org.thespis.runtime.archive;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The archives of one deployed application: an EAR, or a WAR, as a tree of files or as WildFly shows it. */
public final class Archives {

    private static final Logger LOG = System.getLogger(Archives.class.getName());

    /** Files that are looked at; of a larger application the rest is not. */
    private static final int MAX_FILES = 200_000;

    private static final Pattern ARCHIVE = Pattern.compile("(.*[._](jar|war|rar))/.*");
    private static final Pattern BEANS_XML = Pattern.compile("(.*/)?(META|WEB)-INF/beans\\.xml");
    private static final Pattern NONE = Pattern.compile("bean-discovery-mode\\s*=\\s*[\"']none[\"']");

    private final List<ClassFile> classes = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();
    private int files;

    private Archives() {}

    /**
     * Reads the archives around a library.
     *
     * @param library where it lies, as {@code application/lib/library.jar}
     * @throws IOException if that is in no application, or nowhere that can be read
     */
    public static Archives around(URL library) throws IOException {
        Archives archives = new Archives();
        try {
            URI root = new URI(library.toString().replaceFirst("/+$", "")).resolve("..");
            if ("file".equals(root.getScheme())) {
                archives.readTree(requireApplication(Path.of(root)));
            } else {
                archives.readJar(root.toURL());
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(library + " lies in no application", e);
        }
        return archives;
    }

    /** The class path of a plain program looks otherwise, and so does a library of the server itself. */
    private static Path requireApplication(Path root) throws IOException {
        boolean deployed = Files.isDirectory(root.resolve("META-INF"))
                || root.endsWith("WEB-INF")
                || root.toString().matches(".*[/\\\\]applications[/\\\\].*"); // as in a domain of Payara
        if (!deployed) {
            throw new IOException(root + " is no application");
        }
        return root;
    }

    /** The classes that use annotations of actors. */
    public List<ClassFile> classes() {
        return List.copyOf(classes);
    }

    /** Whether the {@code beans.xml} of an archive keeps CDI from looking at its classes. */
    public boolean isClosedToCdi(String archive) {
        return closed.contains(archive);
    }

    private void readTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(root)) {
            all = found.filter(Files::isRegularFile).limit(MAX_FILES).toList();
        }
        for (Path file : all) {
            if (isUnpacked(file)) {
                continue;
            }
            String path = root.relativize(file).toString().replace('\\', '/');
            try (InputStream in = Files.newInputStream(file)) {
                read(path, in);
            }
        }
    }

    /** Payara keeps {@code a.war} beside {@code a_war}. */
    private static boolean isUnpacked(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot >= 0
                && Files.isDirectory(file.resolveSibling(name.substring(0, dot) + "_" + name.substring(dot + 1)));
    }

    /** WildFly gives a directory of its virtual file system as a jar of all that is below. */
    private void readJar(URL root) throws IOException {
        try (InputStream in = root.openStream()) {
            if (!(in instanceof ZipInputStream jar)) {
                throw new IOException(root + " is no directory");
            }
            readEntries("", jar);
        }
    }

    private void readEntries(String prefix, ZipInputStream jar) throws IOException {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (!entry.isDirectory()) {
                read(prefix + entry.getName(), jar);
            }
        }
    }

    private void read(String path, InputStream in) throws IOException {
        if (files++ >= MAX_FILES) {
            return;
        }
        if (path.endsWith(".class")) {
            ClassFile.read(archive(path), in.readAllBytes()).ifPresent(classes::add);
        } else if (path.endsWith(".jar") || path.endsWith(".war")) {
            readNested(path, in);
        } else if (BEANS_XML.matcher(path).matches()
                && NONE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .find()) {
            closed.add(archive(path));
        }
    }

    private void readNested(String path, InputStream in) {
        try {
            readEntries(path + "/", new ZipInputStream(in));
        } catch (IOException e) { // one that is broken hides no other
            LOG.log(Level.DEBUG, path + " cannot be searched for actors", e);
        }
    }

    /** As far as the last directory that is an archive; Payara calls that of {@code a.war} {@code a_war}. */
    private static String archive(String path) {
        Matcher matcher = ARCHIVE.matcher(path);
        return matcher.matches() ? matcher.group(1) : path.replaceFirst("/.*", "");
    }
}
