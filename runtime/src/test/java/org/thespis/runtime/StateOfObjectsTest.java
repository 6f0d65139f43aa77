package org.thespis.runtime;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.State;

/** Objects of an author's classes in the state of an actor. */
class StateOfObjectsTest extends StateRoundTrip {

    record Position(int x, int y) {}

    record Versioned<T>(int version, T value) {}

    static class Purse {
        private int coins = 5;

        public int getCoins() {
            return coins;
        }

        void add(int more) {
            coins += more;
        }
    }

    static class Fixed {
        final int health;

        Fixed() {
            health = 5;
        }

        Fixed(int health) {
            this.health = health;
        }
    }

    static class Box<T> {
        T value;
    }

    interface Shape {}

    record Circle(int r) implements Shape {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "dog", type = Dog.class), @JsonbSubtype(alias = "cat", type = Cat.class)})
    interface Animal {}

    static class Dog implements Animal {}

    static class Cat implements Animal {
        private int lives = 9;
    }

    static class Pet {
        private int health = 5;
    }

    static class NamedPet extends Pet {
        String name = "n";
    }

    static class Node {
        Node next;
    }

    @Actor("holder")
    static class Wallet extends Holder {
        @State
        Purse purse = new Purse();
    }

    @Test
    void privateFieldsComeBackWithoutASetter() {
        assertComesBack(Wallet.class, h -> h.purse.add(3), h -> h.purse.getCoins());
    }

    @Actor("holder")
    static class Final extends Holder {
        @State
        Fixed fixed;
    }

    @Test
    void finalFieldsComeBack() {
        assertComesBack(Final.class, h -> h.fixed = new Fixed(3), h -> h.fixed.health);
    }

    @Actor("holder")
    static class Generic extends Holder {
        @State
        Versioned<Position> at;

        @State
        Box<Position> box;
    }

    @Test
    void genericRecordsAndClassesComeBack() {
        assertComesBack(
                Generic.class,
                h -> {
                    h.at = new Versioned<>(1, new Position(1, 2));
                    h.box = new Box<>();
                    h.box.value = new Position(3, 4);
                },
                h -> h.at.value().x() + h.box.value.y());
    }

    @Test
    void aGenericRecordThatIsNullComesBackAsNull() {
        assertComesBack(Generic.class, h -> {}, h -> h.at);
    }

    static class Base<T> extends Holder {
        @State
        protected List<T> many = new ArrayList<>();

        @State
        protected T one;
    }

    @Actor("holder")
    static class Inheriting extends Base<Position> {}

    @Test
    void inheritedFieldsHaveTheTypeThatTheSubclassSays() {
        assertComesBack(
                Inheriting.class,
                h -> {
                    h.many.add(new Position(1, 2));
                    h.one = new Position(3, 4);
                },
                h -> h.many.get(0).x() + h.one.y());
    }

    @Actor("holder")
    static class Zoo extends Holder {
        @State
        Animal animal;
    }

    @Test
    void aSubclassThatIsNamedComesBack() {
        assertComesBack(
                Zoo.class,
                h -> {
                    Cat cat = new Cat();
                    cat.lives = 3;
                    h.animal = cat;
                },
                h -> h.animal == null ? null : ((Cat) h.animal).lives);
    }

    @Actor("holder")
    static class Home extends Holder {
        @State
        Pet pet;
    }

    @Test
    void aSubclassThatNothingNamesIsRefusedInItsTurn() {
        assertRefusedInItsTurn(Home.class, h -> h.pet = new NamedPet(), h -> h.pet);
    }

    @Actor("holder")
    static class Drawing extends Holder {
        @State
        Shape shape = new Circle(1);
    }

    @Actor("holder")
    static class Drawings extends Holder {
        @State
        List<Shape> shapes;
    }

    @Test
    void anInterfaceThatNamesNoClassIsRefusedAtDeployment() {
        assertRefusedAtDeployment(
                Drawing.class, Drawing.class.getName() + ".shape is of type " + Shape.class.getName());
        assertRefusedAtDeployment(Drawings.class, "make it sealed");
    }

    @Actor("holder")
    static class Chain extends Holder {
        @State
        Node first;
    }

    private static Node chain(int length) {
        Node chain = null;
        for (int i = 0; i < length; i++) {
            Node node = new Node();
            node.next = chain;
            chain = node;
        }
        return chain;
    }

    private static int length(Node chain) {
        int length = 0;
        for (Node node = chain; node != null; node = node.next) {
            length++;
        }
        return length;
    }

    @Test
    void aChainOf500ComesBackAndALongerOneIsRefused() {
        assertComesBack(Chain.class, h -> h.first = chain(500), h -> length(h.first));
        assertRefusedInItsTurn(Chain.class, h -> h.first = chain(501), h -> length(h.first));
        assertRefusedInItsTurn(Chain.class, h -> h.first = chain(1_000_000), h -> length(h.first));
    }

    @Actor("holder")
    static class Anything extends Holder {
        @State
        Object value;
    }

    @Test
    void aFieldOfTypeObjectKeepsWhatAClientPutThere() {
        for (Object value : List.of("x", 1.5, 5L, Map.of("a", 1), List.of(1, 2L, "a"), new AtomicInteger(3))) {
            assertComesBack(
                    Anything.class,
                    h -> h.value = value,
                    h -> h.value == null ? null : h.value.getClass() + " " + h.value);
        }
    }
}
