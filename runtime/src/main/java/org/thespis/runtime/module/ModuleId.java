package org.thespis.runtime.module;

import java.security.CodeSource;

/** What tells the module of a class from others. */
final class ModuleId {

    private ModuleId() {}

    /** Of a WAR its class loader, as its classes come from many places; else the jar. */
    static Object of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String place = source == null ? "" : String.valueOf(source.getLocation());
        return place.contains("/WEB-INF/") ? type.getClassLoader() : place;
    }

    static boolean isWar(Object module) {
        return module instanceof ClassLoader;
    }
}
