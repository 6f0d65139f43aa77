package org.thespis.runtime.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;

/** What a transactional action cannot be. */
class TransactionDeclarationsTest {

    @Actor
    static class Good {
        @Action(transactional = true, atomic = true)
        int pay() {
            return 1;
        }
    }

    @Actor
    static class Late {
        @Action(transactional = true)
        CompletionStage<Integer> pay() {
            return null;
        }
    }

    @Actor
    static class Later {
        @Action(transactional = true)
        CompletableFuture<Integer> pay() {
            return null;
        }
    }

    @Actor
    static class Reader {
        @Action(transactional = true, readOnly = true)
        void pay() {}
    }

    @Actor
    static class Hasty {
        @Action(transactional = true, nonBlocking = true)
        void pay() {}
    }

    @Actor(durability = Durability.PERIODIC)
    static class Periodic {
        @Action(transactional = true)
        void pay() {}
    }

    @Actor(durability = Durability.NONE)
    static class Careless {
        @Action(transactional = true)
        void pay() {}
    }

    @ParameterizedTest
    @CsvSource({"155, Late", "155, Later", "156, Reader", "157, Periodic", "157, Careless", "159, Hasty"})
    void isRefusedWithItsNumberAndTheWayOut(int number, String name) throws ClassNotFoundException {
        Class<?> type = Class.forName(getClass().getName() + "$" + name);
        assertThatThrownBy(() -> ActorDefinition.of(type))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("THESPIS-" + number + ": ")
                .hasMessageContaining(type.getName() + ".pay");
    }

    @Test
    void oneIsAtomicWhetherItSaysSoOrNot() {
        assertThat(ActorDefinition.of(Good.class).action("pay").atomic()).isTrue();
        assertThat(ActorDefinition.of(Good.class).transactional()).isPresent();
    }
}
