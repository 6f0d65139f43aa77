package org.thespis.test;

import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.till.Till;
import org.thespis.test.fixture.till.ejb.EjbTill;
import org.thespis.test.fixture.till.jpa.JpaTill;
import org.thespis.test.fixture.till.war.WarTill;

/** An EAR with actors that have transactional actions, wherever they may stand. */
final class TillEar {

    private TillEar() {}

    /** Those that stand in EAR/lib. */
    static JavaArchive library() {
        return ShrinkWrap.create(JavaArchive.class, "till.jar").addPackage(Till.class.getPackage());
    }

    /** On the default data source of the server, with one more ejb-jar. */
    static EnterpriseArchive with(JavaArchive ejb) {
        String module = "<module><ejb>" + ejb.getName() + "</ejb></module>";
        return make(module).addAsModule(ejb);
    }

    /** On the default data source of the server. */
    static EnterpriseArchive make() {
        return with(ShrinkWrap.create(JavaArchive.class, "till-jpa.jar")
                .addPackage(JpaTill.class.getPackage())
                .addAsManifestResource(new StringAsset(PERSISTENCE_XML), "persistence.xml"));
    }

    private static EnterpriseArchive make(String modules) {
        EnterpriseArchive ear = TestEar.asBuilt();
        ear.delete("/thespis-demo-web.war");
        String settings = TestEar.entries(Map.of("data-source", "java:comp/DefaultDataSource", "management", "open"));
        return ear.addAsLibrary(library())
                .addAsModule(
                        ShrinkWrap.create(JavaArchive.class, "till-ejb.jar").addPackage(EjbTill.class.getPackage()))
                .addAsModule(ShrinkWrap.create(WebArchive.class, "till.war").addPackage(WarTill.class.getPackage()))
                .setApplicationXML(new StringAsset(APPLICATION_XML.formatted(modules, settings)));
    }

    private static final String PERSISTENCE_XML =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="till">
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="drop-and-create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final String APPLICATION_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>tills</application-name>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <module><ejb>till-ejb.jar</ejb></module>
              %s
              <module><web><web-uri>till.war</web-uri><context-root>/till</context-root></web></module>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <library-directory>lib</library-directory>
              %s
            </application>
            """;
}
