package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One scenario, four clients, the same server; what each of them can is the table in the docs. */
@ExtendWith(ArquillianExtension.class)
class FourClientsIT {

    private static final Path SCENARIO = Node.ROOT.resolve("src/test/conformance/four/scenario.json");
    private static final Path DOCS = Node.ROOT.resolve("docs/clients.md");
    private static final String JAVA = "Java client";
    private static final List<String> CLIENTS = List.of("rivetkit/client", "@rivetkit/react", "thespis.js", JAVA);

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @ArquillianResource
    URL url;

    @Test
    void eachDoesWhatTheTableInTheDocsSays() throws IOException {
        Node.require();
        Node.inBrowserTests().installed(); // Chromium is driven from there
        String endpoint = "http://" + url.getHost() + ":" + url.getPort();
        List<Object> scenario = list(Outcomes.parse(Files.readString(SCENARIO)));
        Map<String, Object> outcomes = map(ofNode(endpoint));
        outcomes.put(JAVA, Outcomes.canonical(ScenarioPlayer.play(scenario, endpoint)));

        Map<String, List<Object>> others = new LinkedHashMap<>(); // what came instead, for people
        String table = table(scenario, outcomes, others);
        Report.write("four-clients", table + "\n" + lines(others));
        assertThat(tableOfDocs())
                .as("docs/clients.md; these did not do it: " + others)
                .isEqualTo(table);
    }

    private static Object ofNode(String endpoint) {
        Commands.Result result = Node.inConformance().env("ENDPOINT", endpoint).npm("run", "-s", "four");
        Matcher told = Pattern.compile("^OUTCOMES (.*)$", Pattern.MULTILINE).matcher(result.output());
        assertThat(result.exitCode() == 0 && told.find()).as(result.output()).isTrue();
        return Outcomes.parse(told.group(1));
    }

    private static String table(List<Object> scenario, Map<String, Object> outcomes, Map<String, List<Object>> others) {
        StringBuilder table = new StringBuilder("| |");
        CLIENTS.forEach(
                client -> table.append(client.equals(JAVA) ? " [Java](java-client.md) |" : " `" + client + "` |"));
        table.append("\n|---|---|---|---|---|\n");
        for (Object row : scenario) {
            String can = (String) map(row).get("can");
            List<Object> expected = new ArrayList<>();
            list(map(row).get("steps")).forEach(step -> expected.add(map(step).get("gives")));
            table.append("| ").append(can).append(" |");
            for (String client : CLIENTS) {
                Object came = map(outcomes.get(client)).get(can);
                boolean did = expected.equals(came);
                table.append(did ? " yes |" : " no |");
                if (!did) {
                    others.put(client + ": " + can, list(came));
                }
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String lines(Map<String, List<Object>> others) {
        StringBuilder lines = new StringBuilder();
        others.forEach(
                (what, came) -> lines.append(what).append(": ").append(came).append('\n'));
        return lines.toString();
    }

    private static String tableOfDocs() throws IOException {
        Matcher block = Pattern.compile("<!-- held by FourClientsIT -->\n+(.*?)\n*<!-- end -->", Pattern.DOTALL)
                .matcher(Files.readString(DOCS));
        assertThat(block.find()).as("docs/clients.md holds the table").isTrue();
        return block.group(1) + "\n";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
