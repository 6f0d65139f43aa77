package org.thespis.packed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Classes and resources that this jar has as plain files: servers index each {@code .class} of an application as it starts. All
 * else, and nothing of those, comes from the loader of the application, with which this one ends. Any thread.
 */
final class PackedClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    /** Where the build puts them, and how it names classes: see the pom of this module. */
    private static final String FOLDER = "META-INF/thespis-cluster/";

    private static final String CLASS = ".bytes";

    private static final List<String> PACKED = List.of("org.jgroups.", "org.thespis.cluster.");

    /** @param application has the jar */
    PackedClasses(ClassLoader application) {
        super(application);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (PACKED.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = FOLDER + name.replace('.', '/') + CLASS;
        try (InputStream in = getParent().getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, PackedClasses.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Another JGroups of the application is none of ours. */
    @Override
    public URL getResource(String name) {
        URL packed = findResource(name);
        return packed == null ? super.getResource(name) : packed;
    }

    /** By the loader of the application, which lets go of its jar in the end: by the URL the jar would stay open behind it. */
    @Override
    public InputStream getResourceAsStream(String name) {
        InputStream packed = getParent().getResourceAsStream(FOLDER + name);
        return packed == null ? getParent().getResourceAsStream(name) : packed;
    }

    @Override
    protected URL findResource(String name) {
        return getParent().getResource(FOLDER + name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL packed = findResource(name);
        return packed == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(packed));
    }
}
