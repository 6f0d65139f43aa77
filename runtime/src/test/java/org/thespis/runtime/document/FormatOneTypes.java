package org.thespis.runtime.document;

import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Classes of an author in documents of format 1. */
public final class FormatOneTypes {

    private FormatOneTypes() {}

    public enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grün";
            }
        }
    }

    public record Position(int x, int y) {}

    public record Player(String name, Position at, List<String> tags) {}

    public record WithOptional(Optional<String> nick, OptionalInt age) {}

    /** With a getter and a setter. */
    public static class Purse {
        private int coins = 5;

        public int getCoins() {
            return coins;
        }

        public void setCoins(int coins) {
            this.coins = coins;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Purse p && p.coins == coins;
        }

        @Override
        public int hashCode() {
            return coins;
        }
    }

    /** With a constructor of its own, and a name of its own in the document. */
    public static class Ticket {
        @JsonbProperty("no")
        public final int number;

        @JsonbTransient
        public String note = "none";

        @JsonbCreator
        public Ticket(@JsonbProperty("no") int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ticket t && t.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    public static class Degrees implements JsonbAdapter<Angle, String> {
        @Override
        public String adaptToJson(Angle angle) {
            return angle.degrees + "°";
        }

        @Override
        public Angle adaptFromJson(String text) {
            return new Angle(Double.parseDouble(text.substring(0, text.length() - 1)));
        }
    }

    @JsonbTypeAdapter(Degrees.class)
    public record Angle(double degrees) {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "dog", type = Dog.class), @JsonbSubtype(alias = "cat", type = Cat.class)})
    public interface Animal {}

    public record Dog(String name) implements Animal {}

    public record Cat(int lives) implements Animal {}

    public static class Link {
        public String name;
        public Link next;

        @Override
        public boolean equals(Object other) {
            return other instanceof Link l && Objects.equals(name, l.name) && Objects.equals(next, l.next);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name);
        }
    }
}
