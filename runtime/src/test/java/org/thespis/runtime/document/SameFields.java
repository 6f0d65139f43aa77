package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** Compares two objects of one class field by field, those of its superclasses too. */
final class SameFields {

    private static final RecursiveComparisonConfiguration EQUALS_OF_JSON = RecursiveComparisonConfiguration.builder()
            .withEqualsForType((one, other) -> one.equals(other), JsonValue.class)
            .build();

    private SameFields() {}

    /** What a class and its superclasses declare, but for what is static. */
    static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /** The fields that are not equal, each with what they hold. */
    static List<String> differences(Object read, Object written) {
        List<String> differences = new ArrayList<>();
        for (Field field : of(read.getClass())) {
            try {
                assertThat(field.get(read))
                        .as(field.getName())
                        .usingRecursiveComparison(EQUALS_OF_JSON)
                        .isEqualTo(field.get(written));
            } catch (AssertionError e) {
                differences.add(e.getMessage());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e); // setAccessible went before
            }
        }
        return differences;
    }
}
