package org.thespis.runtime.identity;

import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The EJBs of the application: where they stand, and the roles that they ask for. Filled while it is deployed. */
public final class EjbModules {

    private final Set<ClassLoader> loaders = ConcurrentHashMap.newKeySet();
    private final Set<String> roles = ConcurrentHashMap.newKeySet();

    /** There is one of that class. */
    public void add(AnnotatedType<?> type) {
        loaders.add(type.getJavaClass().getClassLoader());
        addRoles(type);
        type.getMethods().forEach(this::addRoles);
        for (Class<?> inherited = type.getJavaClass().getSuperclass();
                inherited != null;
                inherited = inherited.getSuperclass()) { // whose annotations count for the methods that it has
            addRoles(inherited.getAnnotation(RolesAllowed.class));
        }
    }

    private void addRoles(Annotated annotated) {
        addRoles(annotated.getAnnotation(RolesAllowed.class));
        DeclareRoles declared = annotated.getAnnotation(DeclareRoles.class);
        if (declared != null) {
            roles.addAll(List.of(declared.value()));
        }
    }

    private void addRoles(RolesAllowed allowed) {
        if (allowed != null) {
            roles.addAll(List.of(allowed.value()));
        }
    }

    boolean isEmpty() {
        return loaders.isEmpty();
    }

    /** The class loaders of their modules. */
    Set<ClassLoader> loaders() {
        return loaders;
    }

    /** Those that they name in annotations. */
    public Set<String> roles() {
        return new HashSet<>(roles);
    }
}
