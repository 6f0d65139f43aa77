package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.DurableValue;
import org.thespis.api.State;

/** A durable value that becomes a plain field, there or not. */
class DurableValueMovesTest extends CollectionsFixture {

    @Actor("room")
    static class Values extends Room {
        @State
        DurableValue<Boolean> isIt;

        @State
        DurableValue<Byte> bits;

        @State
        DurableValue<Short> few;

        @State
        DurableValue<Character> letter;

        @State
        DurableValue<Integer> number;

        @State
        DurableValue<Long> large2;

        @State
        DurableValue<Float> part;

        @State
        DurableValue<Double> half;

        @State
        DurableValue<String> text;
    }

    @Actor("room")
    static class Primitives extends Room {
        @State
        boolean isIt = true;

        @State
        byte bits = 1;

        @State
        short few = 1;

        @State
        char letter = 'a';

        @State
        int number = 1;

        @State
        long large2 = 1;

        @State
        float part = 1;

        @State
        double half = 1;

        @State
        String text = "a";
    }

    private static String show(Primitives p) {
        return p.isIt + " " + p.bits + p.few + (int) p.letter + p.number + p.large2 + p.part + p.half + p.text;
    }

    @Test
    void aValueThatIsNotThereBecomesTheDefaultOfItsPrimitiveType() {
        restart(Values.class);
        run(room -> room.plain = 1);
        run(room -> room.scores.put("a", 1));
        restart(Primitives.class);
        assertThat(act(room -> show((Primitives) room))).isEqualTo("false 000000.00.0null");
        assertThat(act(room -> ++((Primitives) room).number)).isEqualTo(1);
        restart(Values.class);
        assertThat(act(room -> ((Values) room).number.get())).isEqualTo(1);
    }

    @Test
    void aValueThatIsThereBecomesThatOfThePrimitiveType() {
        restart(Values.class);
        run(room -> {
            Values values = (Values) room;
            values.isIt.set(true);
            values.bits.set((byte) 2);
            values.few.set((short) 3);
            values.letter.set('a');
            values.number.set(4);
            values.large2.set(5L);
            values.part.set(6f);
            values.half.set(7d);
            values.text.set("t");
        });
        run(room -> ((Values) room).number.set(null));
        restart(Primitives.class);
        assertThat(act(room -> show((Primitives) room))).isEqualTo("true 2397056.07.0t");
    }
}
