package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.document.Verification.Policy;

class StateFieldTest {

    /** Lets in what it does not give back. */
    record Even(int number) {
        Even {
            number = number / 2 * 2 + (number < 0 ? 1 : 0);
        }
    }

    static final class Mutable {
        int id;

        @Override
        public boolean equals(Object other) {
            return other instanceof Mutable m && m.id == id;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    static final class Bean {
        int count = 5;
        List<String> names = new ArrayList<>(List.of("a"));
        Even even = new Even(3);
        Set<Mutable> mutables = new HashSet<>();
        Object any;
    }

    private static StateField field(String name) {
        try {
            return StateField.of(Bean.class, Bean.class.getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static String written(StateField field, Object bean) {
        JsonOutput out = new JsonOutput(1_000);
        field.write(bean, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsAreWrittenOneByOneIntoOneOutput() {
        JsonOutput out = new JsonOutput(1_000);
        Bean bean = new Bean();
        field("count").writeMember(bean, out, new Verification(Verification.Policy.NEVER));
        int end = out.length();
        out.sign(',');
        field("names").writeMember(bean, out, new Verification(Verification.Policy.NEVER));
        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
                .isEqualTo("\"count\":5,\"names\":[\"a\"]");
        out.reset(end);
        assertThat(out.toByteArray()).isEqualTo("\"count\":5".getBytes());
    }

    @Test
    void whatIsRefusedLeavesTheOutputAsItWas() {
        JsonOutput out = new JsonOutput(1_000);
        Bean bean = new Bean();
        field("count").writeMember(bean, out, new Verification(Verification.Policy.NEVER));
        bean.any = Map.of("deep", List.of(new Bean()));
        assertThatThrownBy(() -> field("any").writeMember(bean, out, new Verification(Verification.Policy.NEVER)))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(Bean.class.getName() + ".any")
                .hasMessageContaining("holds a " + Bean.class.getName());
        field("count").write(bean, out);
        assertThat(out.toByteArray()).isEqualTo("\"count\":55".getBytes());
    }

    @Test
    void anOutputThatIsFullSaysSo() {
        Bean bean = new Bean();
        bean.names.add("x".repeat(2_000));
        assertThatThrownBy(() -> written(field("names"), bean))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(".names")
                .hasMessageContaining("longer than 1000 bytes");
    }

    private static void verify(Verification verification, StateField field, Bean bean) {
        JsonOutput out = new JsonOutput(1_000);
        field.write(bean, out);
        verification.check(field, bean, out.array(), 0, out.length());
    }

    @Test
    void whatOnlyAValueShowsIsFoundByReadingItBack() {
        Bean bean = new Bean();
        Mutable one = new Mutable();
        Mutable other = new Mutable();
        other.id = 1;
        bean.mutables.addAll(List.of(one, other));
        Verification always = new Verification(Policy.ALWAYS);
        verify(always, field("mutables"), bean);
        one.id = 1; // now they are equal
        assertThatThrownBy(() -> verify(always, field("mutables"), bean))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("would not come back equal");
        bean.even = new Even(-3);
        assertThatThrownBy(() -> verify(always, field("even"), bean)).hasMessageContaining(".even");
    }

    @Test
    void theFirstOfEachClassIsVerifiedUntilOneIsGood() {
        Verification first = new Verification(Policy.FIRST);
        StateField even = field("even");
        Bean bean = new Bean();
        bean.even = new Even(-3);
        assertThatThrownBy(() -> verify(first, even, bean)).isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> verify(first, even, bean)).isInstanceOf(BindingException.class);
        bean.even = new Even(4);
        verify(first, even, bean);
        bean.even = new Even(-3);
        verify(first, even, bean);
        verify(new Verification(Policy.NEVER), even, bean);
    }

    @Test
    void aDocumentThatWasDamagedIsReadOrRefused() {
        damage(new ComesBack(), new ComesBack());
        damage(new ComesBackObjects(), new ComesBackObjects());
    }

    private static void damage(Object from, Object to) {
        Random random = new Random(7);
        for (Field field : SameFields.of(from.getClass())) {
            StateField state = StateField.of(from.getClass(), field);
            JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
            state.write(from, out);
            byte[] good = out.toByteArray();
            for (int i = 0; i < 50 && good.length < 10_000; i++) {
                byte[] bad = good.clone();
                bad[random.nextInt(bad.length)] = (byte) "{}[],:\"\\0n-x".charAt(random.nextInt(12));
                try {
                    state.read(to, new JsonInput(bad, 0, 1 + random.nextInt(bad.length)));
                } catch (BindingException e) {
                    assertThat(e).hasMessageStartingWith("field " + field.getName() + " cannot be read");
                }
            }
        }
    }

    @Test
    void aStoredNameMakesNoOtherClass() {
        for (String strange : List.of(
                "{\"@type\":\"java.lang.ProcessBuilder\",\"value\":[]}",
                "{\"@type\":\"" + Bean.class.getName() + "\",\"value\":{}}",
                "{\"@type\":\"Thread\",\"value\":{}}")) {
            assertThatThrownBy(() -> field("any").read(new Bean(), new JsonInput(strange.getBytes())))
                    .isInstanceOf(BindingException.class);
        }
    }

    @Test
    void aListMayBecomeASetAndNamesThatDoNotFitTheUsualOne() {
        Bean bean = new Bean();
        field("names").read(bean, new JsonInput("{\"@type\":\"LinkedHashSet\",\"value\":[\"b\"]}".getBytes()));
        assertThat(bean.names).isEqualTo(List.of("b"));
    }
}
