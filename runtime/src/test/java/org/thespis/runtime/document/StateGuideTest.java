package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/state.md} says what is so: its tables are what the types do. {@code -Ddocs.write=true} writes them anew. */
class StateGuideTest {

    private static final Path GUIDE = Path.of("../docs/state.md");
    private static final String BEGIN = "<!-- tables -->\n";

    @Test
    void theGuideSaysWhatBecomesOfEachType() throws IOException {
        String guide = Files.readString(GUIDE);
        String words = guide.substring(0, guide.indexOf(BEGIN) + BEGIN.length());
        String whole = words + tables();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(GUIDE, whole);
        }
        assertThat(guide).as("docs/state.md; -Ddocs.write=true writes it anew").isEqualTo(whole);
    }

    private static String tables() {
        return table(
                        "Comes back",
                        "| declared | class of the value |\n|---|---|\n",
                        Stream.concat(StateTypesTest.comesBack().stream(), StateTypesTest.ofFormatOne().stream())
                                .map(t -> row(t.declared(), t.value()))
                                .toList())
                + table(
                        "Refused in the turn that put it there",
                        "| declared | class of the value | why |\n|---|---|---|\n",
                        StateTypesTest.inTheTurn().stream()
                                .map(t -> row(t.declared(), brief(t.value()), brief(t.message())))
                                .toList())
                + table(
                        "Refused at deployment",
                        "| declared | why |\n|---|---|\n",
                        StateTypesTest.atDeployment().stream()
                                .map(t -> row(t.declared(), brief(t.message())))
                                .toList());
    }

    private static String table(String title, String head, List<String> rows) {
        return "\n## " + title + "\n\n" + head + String.join("", new TreeSet<>(rows));
    }

    private static String row(String... cells) {
        return "| "
                + String.join(
                        " | ", List.of(cells).stream().map(StateGuideTest::cell).toList()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    /** Names of classes without their packages. */
    private static String brief(String message) {
        return message.replaceAll("\\$\\$Lambda[^,]*", "")
                .replaceAll("[a-z][\\w]*(\\.[a-z]\\w*)*\\.(?=[A-Z@])", "")
                .replaceAll("\\w+\\$(?=\\w)", "");
    }
}
