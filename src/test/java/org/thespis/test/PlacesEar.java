package org.thespis.test;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.place.ejb.EjbPlace;
import org.thespis.test.fixture.place.lib.LibPlace;
import org.thespis.test.fixture.place.plain.PlainPlace;
import org.thespis.test.fixture.place.war.WarPlace;

/** An EAR with actors wherever they may stand, each with names and a persistence unit of its own. */
final class PlacesEar {

    private PlacesEar() {}

    static EnterpriseArchive make() {
        EnterpriseArchive ear = TestEar.asBuilt();
        ear.delete("/thespis-demo-web.war");
        return ear.addAsLibrary(ShrinkWrap.create(JavaArchive.class, "place-lib.jar")
                        .addPackage(LibPlace.class.getPackage())
                        .addAsManifestResource(unit("lib", "drop-and-create"), "persistence.xml"))
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "place-ejb.jar")
                        .addPackage(EjbPlace.class.getPackage())
                        .addAsManifestResource(unit("ejb", "none"), "persistence.xml")
                        .addAsManifestResource(new StringAsset(EJB_JAR_XML), "ejb-jar.xml"))
                .addAsModule(
                        ShrinkWrap.create(JavaArchive.class, "plain-ejb.jar").addPackage(PlainPlace.class.getPackage()))
                .addAsModule(ShrinkWrap.create(WebArchive.class, "place.war")
                        .addPackage(WarPlace.class.getPackage())
                        .addAsResource(unit("war", "none"), "META-INF/persistence.xml")
                        .setWebXML(new StringAsset(WEB_XML)))
                .setApplicationXML(new StringAsset(APPLICATION_XML));
    }

    /** On the default data source of the server; one of the units makes the table for all. */
    private static StringAsset unit(String name, String schema) {
        return new StringAsset(PERSISTENCE_XML.formatted(name, schema));
    }

    private static final String PERSISTENCE_XML =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="%s">
                <class>org.thespis.test.fixture.place.lib.Line</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="%s"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final String EJB_JAR_XML =
            """
            <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
              <enterprise-beans>
                <session>
                  <ejb-name>Home</ejb-name>
                  <env-entry>
                    <env-entry-name>where</env-entry-name>
                    <env-entry-type>java.lang.String</env-entry-type>
                    <env-entry-value>in the EJB</env-entry-value>
                  </env-entry>
                  <env-entry>
                    <env-entry-name>java:module/env/where</env-entry-name>
                    <env-entry-type>java.lang.String</env-entry-type>
                    <env-entry-value>in the ejb-jar</env-entry-value>
                  </env-entry>
                </session>
              </enterprise-beans>
            </ejb-jar>
            """;

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <env-entry>
                <env-entry-name>where</env-entry-name>
                <env-entry-type>java.lang.String</env-entry-type>
                <env-entry-value>in the WAR</env-entry-value>
              </env-entry>
            </web-app>
            """;

    /** The modules with persistence units stand behind others, and nothing is said of the order in which they start. */
    private static final String APPLICATION_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>places</application-name>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <module><ejb>place-ejb.jar</ejb></module>
              <module><ejb>plain-ejb.jar</ejb></module>
              <module><web><web-uri>place.war</web-uri><context-root>/place</context-root></web></module>
              <library-directory>lib</library-directory>
              <env-entry>
                <env-entry-name>java:app/env/where</env-entry-name>
                <env-entry-type>java.lang.String</env-entry-type>
                <env-entry-value>in the application</env-entry-value>
              </env-entry>
            </application>
            """;
}
