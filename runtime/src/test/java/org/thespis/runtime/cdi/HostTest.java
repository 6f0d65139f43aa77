package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.thespis.runtime.declaration.DeclarationException;

/** An application needs something that starts its actors. */
class HostTest {

    private final ActorExtension extension = new ActorExtension();

    @Test
    void anApplicationWithoutAHostIsRefused() {
        assertThatThrownBy(extension::requireHost)
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith("THESPIS-126: ")
                .hasMessageContaining("thespis-ejb");
    }

    @Test
    void aHostThatWillComeIsEnough() {
        extension.host(null);
        assertThatCode(extension::requireHost).doesNotThrowAnyException();
    }

    @Test
    void aHostThatHasStoppedIsStillOne() {
        extension.references(null);
        assertThatCode(extension::requireHost).doesNotThrowAnyException();
    }
}
