package org.thespis.test.scenario;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.thespis.client.Encoding;

/**
 * Something that the Java client does against a server, in each of some encodings.
 *
 * @param suite the file of the conformance suite that says the same of the npm client, or of Thespis alone
 */
public record Scenario(String suite, String name, Set<Encoding> encodings, Body body) {

    /** What is done and asserted. */
    @FunctionalInterface
    public interface Body {
        void run(World world) throws Exception;
    }

    static Scenario of(String suite, String name, Body body) {
        return new Scenario(suite, name, EnumSet.allOf(Encoding.class), body);
    }

    Scenario only(Encoding first, Encoding... rest) {
        return new Scenario(suite, name, EnumSet.of(first, rest), body);
    }

    public static List<Scenario> all() {
        return Stream.of(
                        SeedScenarios.all(),
                        HandleScenarios.all(),
                        KeyScenarios.all(),
                        EventScenarios.all(),
                        ReceiverScenarios.all(),
                        ConnectionScenarios.all(),
                        LossScenarios.all(),
                        ErrorScenarios.all(),
                        ValueScenarios.all(),
                        LimitScenarios.all(),
                        ManagementScenarios.all(),
                        ContractScenarios.all(),
                        CountOnceScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return suite + ": " + name;
    }
}
