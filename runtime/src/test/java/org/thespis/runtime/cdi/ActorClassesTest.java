package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.OnCreate;
import org.thespis.api.State;
import org.thespis.runtime.LogOf;
import org.thespis.runtime.archive.Archives;
import org.thespis.runtime.declaration.DeclarationException;

/** Classes that are meant to be actors and of which CDI makes none. */
class ActorClassesTest {

    @Actor
    abstract static class Abstract {}

    @Actor
    interface Interface {}

    @Actor
    class Inner {}

    @Actor
    static class NoConstructor {
        NoConstructor(String text) {}
    }

    @Actor
    static class Injected {
        @Inject
        Injected(String text) {}
    }

    @Actor
    static class Good extends Base {}

    static class Base extends BaseOfBase {}

    static class BaseOfBase {
        @State
        int count;
    }

    abstract static class Open {
        @Action
        void act() {}
    }

    interface Contract {
        @Action("a")
        void act();
    }

    static class Forgotten {
        @Action(timeoutMillis = 5)
        void act() {}
    }

    static class Forgetful {
        @Deprecated(since = "1")
        int other;

        @State
        int count;
    }

    static class Hooked {
        @OnCreate
        void create() {}
    }

    /** Uses annotations of actors, and has none. */
    static class Reader {
        Action action;

        Action read() throws NoSuchMethodException {
            Action found = Forgotten.class.getDeclaredMethod("act").getAnnotation(Action.class);
            return found;
        }
    }

    private final ActorClasses classes = new ActorClasses();

    @TempDir
    Path temporary;

    private Path application;

    @BeforeEach
    void likePayara() {
        application = temporary.resolve("applications/shop");
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static AnnotatedType<?> annotated(Class<?> type) {
        Set<AnnotatedConstructor<?>> constructors =
                Stream.of(type.getDeclaredConstructors()).map(c -> annotated(c)).collect(Collectors.toSet());
        return proxy(AnnotatedType.class, (p, method, arguments) -> switch (method.getName()) {
            case "getJavaClass" -> type;
            case "getConstructors" -> constructors;
            default -> null;
        });
    }

    private static AnnotatedConstructor<?> annotated(Constructor<?> constructor) {
        return proxy(AnnotatedConstructor.class, (p, method, arguments) -> switch (method.getName()) {
            case "getParameters" -> List.of(constructor.getParameterTypes());
            case "isAnnotationPresent" -> constructor.isAnnotationPresent(Inject.class);
            case "hashCode" -> constructor.hashCode();
            default -> null;
        });
    }

    private List<String> refused(Class<?>... seen) {
        List.of(seen).forEach(type -> classes.add(annotated(type)));
        return classes.refused(Set.of()).stream()
                .map(DeclarationException::getMessage)
                .toList();
    }

    @Test
    void whatCannotBeMadeIsRefused() {
        assertThat(refused(Abstract.class))
                .singleElement()
                .asString()
                .startsWith("THESPIS-120: " + Abstract.class.getName() + " has @Actor and is abstract");
        assertThat(refused(Interface.class))
                .anyMatch(text -> text.contains("Interface has @Actor and is an interface"));
        assertThat(refused(Inner.class)).anyMatch(text -> text.startsWith("THESPIS-121: ") && text.contains("static"));
        assertThat(refused(NoConstructor.class))
                .anyMatch(text -> text.startsWith("THESPIS-122: ") && text.contains("@Inject"));
    }

    @Test
    void whatIsABeanIsNotRefused() {
        classes.add(annotated(Good.class));
        assertThat(classes.refused(Set.of(Good.class))).isEmpty();
    }

    @Test
    void anAlternativeThatIsNotSelectedIsNotRefused() {
        assertThat(refused(Injected.class)).isEmpty();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + path(type))) {
            return in.readAllBytes();
        }
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] jar(String beansXml, Class<?>... types) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Class<?> type : types) {
                zip.putNextEntry(new ZipEntry(path(type)));
                zip.write(bytes(type));
            }
            if (beansXml != null) {
                zip.putNextEntry(new ZipEntry("META-INF/beans.xml"));
                zip.write(beansXml.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = application.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private List<String> unseen() throws IOException {
        Archives archives = Archives.around(
                application.resolve("lib/thespis-runtime.jar").toUri().toURL());
        return classes.unseen(archives).stream()
                .map(DeclarationException::getMessage)
                .toList();
    }

    @Test
    void aClassWithoutActorIsRefusedWhereverItStands() throws IOException {
        write("lib/a.jar", jar(null, Forgotten.class, Reader.class));
        write("b_war/WEB-INF/classes/" + path(Forgetful.class), bytes(Forgetful.class));
        write("c_war/WEB-INF/lib/d.jar", jar(null, Hooked.class));
        assertThat(unseen())
                .containsExactlyInAnyOrder(
                        "THESPIS-123: " + Forgotten.class.getName()
                                + " in lib/a.jar has @Action and no @Actor, so it is no actor; put @Actor on the class,"
                                + " or make it abstract if actors of other applications extend it",
                        "THESPIS-123: " + Forgetful.class.getName()
                                + " in b_war has @State and no @Actor, so it is no actor; put @Actor on the class,"
                                + " or make it abstract if actors of other applications extend it",
                        "THESPIS-123: " + Hooked.class.getName()
                                + " in c_war/WEB-INF/lib/d.jar has @OnCreate and no @Actor, so it is no actor; put @Actor"
                                + " on the class, or make it abstract if actors of other applications extend it");
    }

    @Test
    void archivesInArchivesAreRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream war = new ZipOutputStream(bytes)) {
            war.putNextEntry(new ZipEntry("WEB-INF/lib/d.jar"));
            war.write(jar(null, Hooked.class));
        }
        write("c.war", bytes.toByteArray());
        assertThat(unseen()).singleElement().asString().contains(" in c.war/WEB-INF/lib/d.jar has @OnCreate");
    }

    @Test
    void whatIsThereUnpackedAsWellIsReadOnce() throws IOException {
        write("c.jar", jar(null, Hooked.class));
        write("c_jar/" + path(Hooked.class), bytes(Hooked.class));
        assertThat(unseen()).singleElement().asString().contains(" in c_jar has @OnCreate");
    }

    @Test
    void whatActorsExtendAndWhatIsAbstractIsFine() throws IOException {
        classes.add(annotated(Good.class));
        write("lib/a.jar", jar(null, Good.class, Base.class, BaseOfBase.class, Open.class, Contract.class));
        assertThat(unseen()).isEmpty();
    }

    @Test
    void whatCdiDoesNotLookAtIsNamedInTheLog() throws IOException {
        String none = "<beans version=\"4.0\"\n bean-discovery-mode = 'none'/>";
        write("lib/a.jar", jar(none, Good.class));
        write("lib/b.jar", jar("<beans bean-discovery-mode=\"all\"/>", Injected.class));
        try (LogOf log = LogOf.type(ActorClasses.class)) {
            assertThat(unseen()).isEmpty();
            assertThat(log.lines())
                    .hasSize(2)
                    .anyMatch(text -> text.startsWith(Good.class.getName() + " in lib/a.jar has @Actor")
                            && text.contains("bean-discovery-mode=\"none\""))
                    .anyMatch(text -> text.startsWith(Injected.class.getName() + " in lib/b.jar has @Actor")
                            && text.contains("@Vetoed"));
        }
    }

    @Test
    void otherFoldersAreNoApplications() throws IOException {
        application = temporary.resolve("repository");
        write("lib/a.jar", jar(null, Forgotten.class));
        assertThatThrownBy(this::unseen).isInstanceOf(IOException.class);
        write("META-INF/application.xml", new byte[0]);
        assertThat(unseen()).hasSize(1);
    }

    @Test
    void whatIsNoClassHarmsNothing() throws IOException {
        write("lib/a.jar", jar(null, Forgotten.class));
        byte[] cut = bytes(Forgotten.class);
        write("x_war/WEB-INF/classes/Cut.class", java.util.Arrays.copyOf(cut, cut.length / 2));
        write("lib/broken.jar", "no jar".getBytes(StandardCharsets.UTF_8));
        assertThat(unseen()).hasSize(1);
    }
}
