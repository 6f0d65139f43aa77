package org.thespis.test;

import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.roles.Badges;
import org.thespis.test.fixture.setting.ejb.EjbGreeter;
import org.thespis.test.fixture.setting.lib.ChatRoom;
import org.thespis.test.fixture.setting.war.WarGreeter;

/** An EAR with actors of which its {@code application.xml} says something. */
final class SettingsEar {

    private SettingsEar() {}

    /** @param settings entries below {@code java:app/env/thespis/} */
    static EnterpriseArchive make(String name, Map<String, Object> settings) {
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, name + ".ear").merge(TestEar.asBuilt());
        ear.delete("/lib/thespis-demo.jar");
        ear.delete("/thespis-demo-web.war");
        ear.delete("/META-INF/application.xml");
        return ear.addAsLibrary(ShrinkWrap.create(JavaArchive.class, "setting-lib.jar")
                        .addPackage(ChatRoom.class.getPackage())
                        .addClass(Badges.class))
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "setting-ejb.jar")
                        .addPackage(EjbGreeter.class.getPackage()))
                .addAsModule(
                        ShrinkWrap.create(WebArchive.class, "setting.war").addPackage(WarGreeter.class.getPackage()))
                .setApplicationXML(new StringAsset(APPLICATION_XML.formatted(name, TestEar.entries(settings))));
    }

    private static final String APPLICATION_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>%s</application-name>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <module><ejb>setting-ejb.jar</ejb></module>
              <module><web><web-uri>setting.war</web-uri><context-root>/setting</context-root></web></module>
              <library-directory>lib</library-directory>
              %s
            </application>
            """;
}
