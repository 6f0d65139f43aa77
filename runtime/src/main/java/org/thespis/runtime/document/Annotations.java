package org.thespis.runtime.document;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import jakarta.json.bind.annotation.JsonbVisibility;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;

/** Annotations of JSON-B that a document cannot respect are refused, not passed by in silence. */
final class Annotations {

    /** They make the text another, and often less than the value. */
    private static final List<Class<? extends Annotation>> NEVER = List.of(
            JsonbTypeSerializer.class,
            JsonbTypeDeserializer.class,
            JsonbDateFormat.class,
            JsonbNumberFormat.class,
            JsonbVisibility.class);

    private static final List<Class<? extends Annotation>> ON_FIELDS_ONLY =
            List.of(JsonbTransient.class, JsonbProperty.class, JsonbTypeAdapter.class);

    private Annotations() {}

    /** @throws StateTypeException if the class or one of its superclasses has one */
    static void requireRespected(Class<?> type, String where) {
        for (Class<?> c = type; c != null && !Codecs.isPlatform(c); c = c.getSuperclass()) {
            refuse(c, c.getName(), where);
            if (c.getPackage() != null) {
                refuse(c.getPackage(), "package " + c.getPackageName(), where);
            }
            for (Method method : c.getDeclaredMethods()) {
                checkMethod(c, method, where);
            }
        }
    }

    /** @throws StateTypeException if the field has one */
    static void requireRespected(Field field, String where) {
        refuse(field, field.getDeclaringClass().getName() + "." + field.getName(), where);
    }

    /**
     * The same for a field that is a durable collection, which no adapter makes another.
     *
     * @throws StateTypeException if the field has one
     */
    static void requireRespectedOnCollection(Field field, String where) {
        requireRespected(field, where);
        if (field.isAnnotationPresent(JsonbTypeAdapter.class)) {
            throw new StateTypeException(
                    136,
                    where + ": @JsonbTypeAdapter is not for a durable collection; put it on the class of its entries");
        }
    }

    private static void refuse(AnnotatedElement element, String name, String where) {
        for (Class<? extends Annotation> annotation : NEVER) {
            if (element.isAnnotationPresent(annotation)) {
                throw new StateTypeException(
                        136,
                        where + ": @" + annotation.getSimpleName() + " on " + name
                                + " is not for state; use a @JsonbTypeAdapter, or take it away");
            }
        }
    }

    /** On a getter or setter of a field they would say something about the field, which nobody calls them for. */
    private static void checkMethod(Class<?> type, Method method, String where) {
        Field field = property(type, method);
        if (field == null) {
            return;
        }
        refuse(method, type.getName() + "." + method.getName(), where);
        for (Class<? extends Annotation> annotation : ON_FIELDS_ONLY) {
            if (method.isAnnotationPresent(annotation) && !field.isAnnotationPresent(annotation)) {
                throw new StateTypeException(
                        136,
                        where + ": @" + annotation.getSimpleName() + " on " + type.getName() + "." + method.getName()
                                + " does not count for state, which is the field; put it on the field");
            }
        }
    }

    private static Field property(Class<?> type, Method method) {
        String name = method.getName();
        int prefix = name.startsWith("get") || name.startsWith("set") ? 3 : name.startsWith("is") ? 2 : 0;
        String property = prefix > 0 && name.length() > prefix
                ? Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1)
                : name;
        try {
            Field field = type.getDeclaredField(prefix == 0 && !type.isRecord() ? "" : property);
            return Members.isState(field) ? field : null;
        } catch (NoSuchFieldException e) {
            return null;
        }
    }
}
