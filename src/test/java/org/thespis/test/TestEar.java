package org.thespis.test;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.client.ActorClient;
import org.thespis.test.fixture.client.ClientDesk;
import org.thespis.test.fixture.ejb.Counter;
import org.thespis.test.fixture.ejb.Marker;
import org.thespis.test.fixture.lib.ChatRoom;
import org.thespis.test.fixture.war.NoteRoom;

/** The EAR of the build, with what tests add to it. */
final class TestEar {

    private TestEar() {}

    /** The file that users deploy, as it is. */
    static EnterpriseArchive asBuilt() {
        return of(new File(System.getProperty("ear.file")));
    }

    static EnterpriseArchive of(File ear) {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, ear);
    }

    /** Actors without a host, which is enough to see why they are refused. */
    static EnterpriseArchive withoutHost(String name, Class<?>... actors) {
        return withoutHost(
                name, ShrinkWrap.create(JavaArchive.class, name + ".jar").addClasses(actors));
    }

    static EnterpriseArchive withoutHost(String name, JavaArchive library) {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name + ".ear");
        asBuilt()
                .getContent(path -> path.get().matches("/lib/thespis-(api|protocol|runtime).jar"))
                .forEach((path, node) -> ear.add(node.getAsset(), path));
        return ear.addAsLibrary(library)
                .addAsModule(
                        ShrinkWrap.create(JavaArchive.class, name + "-ejb.jar").addClass(Marker.class));
    }

    /** With the actors of the conformance suite: in EAR/lib, in an ejb-jar and in a WAR of their own. */
    static EnterpriseArchive withFixtures() {
        return withFixtures(Map.of(
                "allowed-origins", "http://app.example",
                "management", "open",
                "max-creations-per-minute-per-address", 100_000));
    }

    /** The same, with settings of {@code java:app/env/thespis/}. */
    static EnterpriseArchive withFixtures(Map<String, Object> settings) {
        return withFixtures(asBuilt(), settings);
    }

    /** The same with the EAR of another release. */
    static EnterpriseArchive withFixtures(EnterpriseArchive ear, Map<String, Object> settings) {
        JavaArchive lib = ShrinkWrap.create(JavaArchive.class, "fixtures.jar").addPackage(ChatRoom.class.getPackage());
        JavaArchive ejb =
                ShrinkWrap.create(JavaArchive.class, "fixtures-ejb.jar").addPackage(Counter.class.getPackage());
        WebArchive war = ShrinkWrap.create(WebArchive.class, "fixtures.war").addPackage(NoteRoom.class.getPackage());
        ear.delete("/lib/thespis-demo.jar"); // its actors have the same names
        return ear.addAsLibrary(lib)
                .addAsModule(ejb)
                .addAsModule(war)
                .setApplicationXML(new StringAsset(APPLICATION_XML.formatted(entries(settings))));
    }

    /** With fixtures, and an application beside them that has the Java client. */
    static EnterpriseArchive withClient() {
        JavaArchive client = ShrinkWrap.create(JavaArchive.class, "thespis-client.jar")
                .addPackages(true, ActorClient.class.getPackage());
        WebArchive war = ShrinkWrap.create(WebArchive.class, "client.war")
                .addPackage(ClientDesk.class.getPackage())
                .addAsLibrary(client);
        EnterpriseArchive ear = withFixtures();
        ear.delete("/META-INF/application.xml");
        String xml =
                APPLICATION_XML.formatted("").replace("<library-directory>", CLIENT_MODULE + "<library-directory>");
        return ear.addAsModule(war).setApplicationXML(new StringAsset(xml));
    }

    /** As built, with a library, and what else its {@code application.xml} is to say: behind the rest, as users write it. */
    static EnterpriseArchive asBuiltWith(String more, JavaArchive library) {
        EnterpriseArchive ear = asBuilt();
        String xml = text(ear, "META-INF/application.xml");
        return ear.addAsLibrary(library)
                .addAsLibrary(postgreSqlDriver())
                .setApplicationXML(new StringAsset(xml.replace("</application>", more + "</application>")));
    }

    /** A second application beside {@code thespis.ear}: the runtime and a gateway of its own, {@code /second}. */
    static EnterpriseArchive secondWith(String more, JavaArchive library) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, "second.ear").merge(asBuilt());
        ear.delete("/lib/thespis-demo.jar");
        ear.delete("/thespis-demo-web.war");
        ear.delete("/META-INF/application.xml");
        return ear.addAsLibrary(library)
                .addAsLibrary(postgreSqlDriver())
                .setApplicationXML(new StringAsset(SECOND.formatted(more)));
    }

    static String text(EnterpriseArchive ear, String path) {
        try (InputStream in = ear.get(path).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As built, but for that the gateway starts before the host. */
    static EnterpriseArchive gatewayFirst() {
        EnterpriseArchive ear = asBuilt();
        return ear.setApplicationXML(new StringAsset(GATEWAY_FIRST_XML));
    }

    /** The runtime and the gateway, and nothing that starts actors. */
    static EnterpriseArchive withoutEjb() {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, "lonely.ear").merge(asBuilt());
        ear.delete("/thespis-ejb.jar");
        ear.delete("/META-INF/application.xml");
        return ear.setApplicationXML(new StringAsset(WITHOUT_EJB));
    }

    /** With fixtures, on a PostgreSQL whose driver the EAR brings and whose data source it defines. */
    static EnterpriseArchive withPostgreSql(String url) {
        EnterpriseArchive ear = withFixtures(Map.of("data-source", "java:app/thespis/DataSource"));
        String xml = APPLICATION_XML.formatted(dataSource(url));
        return ear.addAsLibrary(postgreSqlDriver()).setApplicationXML(new StringAsset(xml));
    }

    /** A data source on PostgreSQL, and the setting that names it, for {@code application.xml}. */
    static String dataSource(String url) {
        return entries(Map.of("data-source", "java:app/thespis/DataSource")) + DATA_SOURCE.formatted(url);
    }

    static File postgreSqlDriver() {
        return new File(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** Those settings as entries of {@code application.xml}. */
    static String entries(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(e -> ENTRY.formatted(e.getKey(), e.getValue().getClass().getSimpleName(), e.getValue()))
                .collect(Collectors.joining());
    }

    /** The messages of an exception and its causes. */
    static String wholeText(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }

    /** What the server has logged: Payara tells the cause of a refused deployment only there. */
    static String serverLog() {
        String payara = System.getProperty("payara.home");
        Path log = payara == null
                ? Path.of(System.getProperty("jboss.home"), "standalone/log/server.log")
                : Path.of(payara, "glassfish/domains/domain1/logs/server.log");
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String APPLICATION_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>thespis</application-name>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <module><ejb>fixtures-ejb.jar</ejb></module>
              <module><web><web-uri>fixtures.war</web-uri><context-root>/fixtures</context-root></web></module>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <library-directory>lib</library-directory>
              %s
            </application>
            """;

    private static final String CLIENT_MODULE =
            "<module><web><web-uri>client.war</web-uri><context-root>/client</context-root></web></module>";

    private static final String GATEWAY_FIRST_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>thespis</application-name>
              <initialize-in-order>true</initialize-in-order>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <library-directory>lib</library-directory>
            </application>
            """;

    private static final String WITHOUT_EJB =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>lonely</application-name>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/lonely</context-root></web></module>
              <library-directory>lib</library-directory>
            </application>
            """;

    private static final String SECOND =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>second</application-name>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/second</context-root></web></module>
              <library-directory>lib</library-directory>
              %s
            </application>
            """;

    private static final String DATA_SOURCE =
            """
            <data-source>
              <name>java:app/thespis/DataSource</name>
              <class-name>org.postgresql.ds.PGSimpleDataSource</class-name>
              <url>%s</url>
              <user>postgres</user>
              <password>postgres</password>
              <transactional>true</transactional>
              <initial-pool-size>1</initial-pool-size>
              <max-pool-size>20</max-pool-size>
            </data-source>
            """;

    private static final String ENTRY =
            """
            <env-entry>
              <env-entry-name>java:app/env/thespis/%s</env-entry-name>
              <env-entry-type>java.lang.%s</env-entry-type>
              <env-entry-value>%s</env-entry-value>
            </env-entry>
            """;
}
