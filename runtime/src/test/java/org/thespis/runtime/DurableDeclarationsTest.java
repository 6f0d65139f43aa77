package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.DurableValue;
import org.thespis.api.State;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.DeclarationException;

/** Declarations of durable collections that are refused at deployment. */
class DurableDeclarationsTest {

    record Inside(DurableList<String> inside) {}

    @Actor("bad")
    static class InList {
        @State
        List<DurableList<String>> lists;

        @Action
        void a() {}
    }

    @Actor("bad")
    static class InRecord {
        @State
        Inside inside;

        @Action
        void a() {}
    }

    @Actor("bad")
    static class InDurable {
        @State
        DurableList<DurableValue<String>> lists;

        @Action
        void a() {}
    }

    @Actor("bad")
    static class InMap {
        @State
        DurableMap<String, DurableMap<String, String>> maps;

        @Action
        void a() {}
    }

    private static void isRefused(Class<?> type) {
        assertThatThrownBy(() -> ActorDefinition.of(type)).isInstanceOf(DeclarationException.class);
    }

    @Test
    void aCollectionInAListIsRefused() {
        isRefused(InList.class);
    }

    @Test
    void aCollectionInARecordIsRefused() {
        isRefused(InRecord.class);
    }

    @Test
    void aCollectionInACollectionIsRefused() {
        isRefused(InDurable.class);
    }

    @Test
    void aCollectionInAMapIsRefused() {
        isRefused(InMap.class);
    }

    // ---- annotations that would say something else of the entries

    /** Of the author. */
    public static class Trimming implements JsonbAdapter<String, String> {
        @Override
        public String adaptToJson(String text) {
            return text.trim();
        }

        @Override
        public String adaptFromJson(String text) {
            return text;
        }
    }

    @Actor("bad")
    static class Dates {
        @State
        @JsonbDateFormat("yyyy")
        DurableList<LocalDate> dates;

        @Action
        void a() {}
    }

    @Actor("bad")
    static class Numbers {
        @State
        @JsonbNumberFormat("#0")
        DurableMap<String, Double> numbers;

        @Action
        void a() {}
    }

    @Actor("bad")
    static class Adapted {
        @State
        @JsonbTypeAdapter(Trimming.class)
        DurableValue<String> text;

        @Action
        void a() {}
    }

    private static void isRefused(Class<?> type, String annotation, String field) {
        assertThatThrownBy(() -> ActorDefinition.of(type))
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith("THESPIS-136")
                .hasMessageContaining(annotation)
                .hasMessageContaining(field);
    }

    @Test
    void aFormatOfDatesOnACollectionIsRefused() {
        isRefused(Dates.class, "@JsonbDateFormat", "Dates.dates");
    }

    @Test
    void aFormatOfNumbersOnACollectionIsRefused() {
        isRefused(Numbers.class, "@JsonbNumberFormat", "Numbers.numbers");
    }

    @Test
    void anAdapterOnACollectionIsRefused() {
        isRefused(Adapted.class, "@JsonbTypeAdapter", "Adapted.text");
    }
}
