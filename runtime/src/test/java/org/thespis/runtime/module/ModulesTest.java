package org.thespis.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.runtime.declaration.Surroundings;

/** Which names actors have where they stand, and when. */
class ModulesTest {

    /** Stands in a module of a test. */
    public static class Some {}

    private final FakeContexts server = new FakeContexts();
    private final List<String> seen = new ArrayList<>();
    private long now;
    private final Modules modules = new Modules(name -> server.service(), () -> now);
    private int stops;

    @TempDir
    Path folder;

    /** A class in a place of its own. */
    private Class<?> classIn(String place) throws Exception {
        String file = Some.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(place).resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream in = Some.class.getClassLoader().getResourceAsStream(file)) {
            Files.copy(in, copy);
        }
        URL[] urls = {folder.resolve(place).toUri().toURL()};
        return new URLClassLoader(urls, null).loadClass(Some.class.getName());
    }

    private void in(String module, Runnable work) {
        server.here.set(module);
        work.run();
        server.here.remove();
    }

    private void host() {
        in("host", () -> modules.hosted("turns", Leftover.NONE, () -> stops++));
    }

    private String namesOf(Class<?> actor) {
        Surroundings surroundings = modules.of(actor);
        if (surroundings == null) {
            return "not yet";
        }
        surroundings.run(() -> seen.add(server.here.get()));
        return seen.get(seen.size() - 1);
    }

    @Test
    void withoutAServerThereAreNone() {
        assertThat(modules.of(Some.class)).isSameAs(Surroundings.NONE);
    }

    @Test
    void anActorInALibraryHasThoseOfTheHost() throws Exception {
        host();
        assertThat(namesOf(classIn("lib"))).isEqualTo("host");
    }

    @Test
    void anActorInAWarWaitsForIt() throws Exception {
        Class<?> actor = classIn("shop.war/WEB-INF/classes");
        host();
        assertThat(namesOf(actor)).isEqualTo("not yet");
        in("shop", () -> modules.starts(actor.getClassLoader()));
        assertThat(namesOf(actor)).isEqualTo("shop");
    }

    @Test
    void aWarMayStartBeforeTheHost() throws Exception {
        Class<?> actor = classIn("shop.war/WEB-INF/classes");
        in("shop", () -> modules.starts(actor.getClassLoader()));
        host();
        assertThat(namesOf(actor)).isEqualTo("shop");
    }

    @Test
    void aWarThatNeverTellsIsNotWaitedForWithoutEnd() throws Exception {
        Class<?> actor = classIn("shop.war/WEB-INF/lib/a");
        host();
        now = Modules.PATIENCE.toNanos() - 1;
        assertThat(namesOf(actor)).isEqualTo("not yet");
        now = Modules.PATIENCE.toNanos();
        assertThat(namesOf(actor)).isEqualTo("host");
    }

    @Test
    void anActorInAnEjbJarHasThoseOfAnEjbThere() throws Exception {
        Class<?> actor = classIn("store");
        Class<?> ejb = actor; // of the same jar
        host();
        in("store", () -> modules.starts(ejb));
        assertThat(namesOf(actor)).isEqualTo("store");
        assertThat(namesOf(classIn("other"))).isEqualTo("host");
    }

    @Test
    void theFirstModuleWithActorsThatGoesEndsThemAll() throws Exception {
        Class<?> actor = classIn("shop.war/WEB-INF/classes");
        Class<?> page = classIn("page.war/WEB-INF/classes");
        in("shop", () -> modules.starts(actor.getClassLoader()));
        in("page", () -> modules.starts(page.getClassLoader()));
        host();
        namesOf(actor);
        modules.goes(page.getClassLoader());
        assertThat(stops).isZero();
        modules.goes(actor.getClassLoader());
        assertThat(stops).isEqualTo(1);
    }
}
