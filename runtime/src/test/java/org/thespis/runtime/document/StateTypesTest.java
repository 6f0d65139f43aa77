package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type that was thought of, and what becomes of its values over a sleep. */
class StateTypesTest {

    static List<Tried> comesBack() {
        List<Tried> all = new ArrayList<>(Tried.all(new ComesBack(), new ComesBack()));
        all.addAll(Tried.all(new ComesBackObjects(), new ComesBackObjects()));
        return all;
    }

    static List<Tried> ofFormatOne() {
        return Tried.all(FormatOneState.filled(), new FormatOneState());
    }

    static List<Tried> inTheTurn() {
        return Tried.all(new Refused.InTheTurn(), new Refused.InTheTurn());
    }

    static List<Tried> atDeployment() {
        return Tried.all(new Refused.AtDeployment(), new Refused.AtDeployment());
    }

    @Test
    void whatIsWrittenComesBackEqualAndOfItsClass() {
        assertThat(comesBack())
                .filteredOn(t -> !t.outcome().equals(Tried.COMES_BACK))
                .isEmpty();
        assertThat(ofFormatOne())
                .filteredOn(t -> !t.outcome().equals(Tried.COMES_BACK))
                .isEmpty();
    }

    @Test
    void aValueThatCannotComeBackIsRefusedInItsTurnByFieldAndClass() {
        assertThat(inTheTurn())
                .filteredOn(t -> !t.outcome().equals(Tried.IN_THE_TURN))
                .isEmpty();
        assertThat(inTheTurn()).allSatisfy(t -> assertThat(t.message())
                .startsWith("field " + Refused.InTheTurn.class.getName() + "."));
    }

    @Test
    void aTypeThatCannotComeBackIsRefusedAtDeploymentByFieldAndClassAndWithANumber() {
        assertThat(atDeployment())
                .filteredOn(t -> !t.outcome().equals(Tried.AT_DEPLOYMENT))
                .isEmpty();
        assertThat(atDeployment()).allSatisfy(t -> assertThat(t.message()).contains("@State on ", "; "));
    }
}
