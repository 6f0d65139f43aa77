package org.thespis.runtime.cdi;

import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.thespis.api.Actor;
import org.thespis.runtime.archive.Archives;
import org.thespis.runtime.archive.ClassFile;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.declaration.Strays;

/** Finds classes that are meant to be actors and become none, and says why. */
final class ActorClasses {

    private static final Logger LOG = System.getLogger(ActorClasses.class.getName());

    private final Queue<AnnotatedType<?>> seen = new ConcurrentLinkedQueue<>();

    void add(AnnotatedType<?> type) {
        seen.add(type);
    }

    /**
     * What refuses the deployment among the classes that CDI has looked at.
     *
     * @param beans the classes that have become beans
     */
    List<DeclarationException> refused(Set<Class<?>> beans) {
        List<DeclarationException> faults = new ArrayList<>();
        for (AnnotatedType<?> type : seen) {
            if (!beans.contains(type.getJavaClass())) {
                why(type)
                        .ifPresentOrElse(
                                faults::add,
                                () -> LOG.log(
                                        Level.WARNING,
                                        "{0} has @Actor and is no bean: an alternative that is not selected, or taken out by an extension",
                                        type.getJavaClass().getName()));
            }
        }
        return faults;
    }

    private static Optional<DeclarationException> why(AnnotatedType<?> type) {
        Class<?> actor = type.getJavaClass();
        if (Modifier.isAbstract(actor.getModifiers())) {
            return Optional.of(Strays.abstractActor(actor));
        }
        if (actor.isMemberClass() && !Modifier.isStatic(actor.getModifiers())) {
            return Optional.of(Strays.innerActor(actor));
        }
        boolean makeable = type.getConstructors().stream().anyMatch(ActorClasses::isForCdi);
        return makeable ? Optional.empty() : Optional.of(Strays.noConstructor(actor));
    }

    private static boolean isForCdi(AnnotatedConstructor<?> constructor) {
        return constructor.getParameters().isEmpty() || constructor.isAnnotationPresent(Inject.class);
    }

    /** What refuses the deployment among the classes of the application that CDI has not looked at. */
    List<DeclarationException> unseen() {
        CodeSource source = ActorClasses.class.getProtectionDomain().getCodeSource();
        URL library = source == null ? null : source.getLocation();
        try {
            return library == null ? List.of() : unseen(Archives.around(library));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the archives of the application cannot be searched for actors", e);
            return List.of();
        }
    }

    List<DeclarationException> unseen(Archives archives) {
        Set<String> looked =
                seen.stream().map(type -> type.getJavaClass().getName()).collect(Collectors.toSet());
        Set<String> bases = bases(archives.classes());
        List<DeclarationException> faults = new ArrayList<>();
        for (ClassFile type : archives.classes()) {
            if (type.has(Actor.class)) {
                if (!looked.contains(type.name())) {
                    warn(type, archives);
                }
            } else if (type.isConcrete() && !bases.contains(type.name())) {
                mark(type)
                        .map(mark -> Strays.noActor(type.name(), type.archive(), mark))
                        .ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static void warn(ClassFile type, Archives archives) {
        LOG.log(
                Level.WARNING,
                "{0} in {1} has @Actor, but CDI does not look at it, so it is no actor: {2}",
                type.name(),
                type.archive(),
                archives.isClosedToCdi(type.archive())
                        ? "the beans.xml there has bean-discovery-mode=\"none\"; make it \"annotated\", or leave the file out"
                        : "it is @Vetoed, excluded in beans.xml, or stands where no beans are");
    }

    private static Optional<Class<? extends Annotation>> mark(ClassFile type) {
        return Strays.marks().stream().filter(type::has).findFirst();
    }

    /** All that actors extend. */
    private Set<String> bases(List<ClassFile> classes) {
        Set<String> bases = new HashSet<>();
        for (AnnotatedType<?> type : seen) {
            for (Class<?> c = type.getJavaClass().getSuperclass(); c != null; c = c.getSuperclass()) {
                bases.add(c.getName());
            }
        }
        classes.stream().filter(type -> type.has(Actor.class)).forEach(type -> bases.add(type.superName()));
        return bases;
    }
}
