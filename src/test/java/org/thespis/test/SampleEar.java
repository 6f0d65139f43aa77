package org.thespis.test;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.sample.ejb.ShelfActor;
import org.thespis.test.fixture.sample.lib.Shelf;
import org.thespis.test.fixture.sample.war.Shelves;

/** An application as teams have them: a WAR with resources and a servlet, an ejb-jar with rows, messages and timers; and an actor. */
final class SampleEar {

    private SampleEar() {}

    static EnterpriseArchive make() {
        EnterpriseArchive ear = TestEar.asBuilt();
        ear.delete("/thespis-demo-web.war");
        ear.delete("/lib/thespis-demo.jar");
        return ear.addAsLibrary(
                        ShrinkWrap.create(JavaArchive.class, "sample-lib.jar").addPackage(Shelf.class.getPackage()))
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "sample-ejb.jar")
                        .addPackage(ShelfActor.class.getPackage())
                        .addAsManifestResource(new StringAsset(PERSISTENCE_XML), "persistence.xml"))
                .addAsModule(ShrinkWrap.create(WebArchive.class, "sample.war").addPackage(Shelves.class.getPackage()))
                .setApplicationXML(new StringAsset(APPLICATION_XML));
    }

    private static final String PERSISTENCE_XML =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="sample">
                <class>org.thespis.test.fixture.sample.lib.Sale</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="drop-and-create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final String APPLICATION_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>sample</application-name>
              <module><web><web-uri>sample.war</web-uri><context-root>/sample</context-root></web></module>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <module><ejb>sample-ejb.jar</ejb></module>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <library-directory>lib</library-directory>
            </application>
            """;
}
