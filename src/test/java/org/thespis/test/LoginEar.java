package org.thespis.test;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.login.ejb.BookKeeper;
import org.thespis.test.fixture.login.lib.StaffRoom;
import org.thespis.test.fixture.login.war.Login;

/** The EAR of the build with a login in the WAR of its gateway, and actors, an EJB and a servlet behind that. */
final class LoginEar {

    private static final String GATEWAY = "/thespis-web.war";

    private LoginEar() {}

    static EnterpriseArchive make() {
        EnterpriseArchive ear = TestEar.asBuilt();
        WebArchive gateway = ear.getAsType(WebArchive.class, GATEWAY);
        gateway.addPackage(Login.class.getPackage());
        ear.delete(GATEWAY);
        ear.delete("/META-INF/application.xml");
        return ear.addAsModule(gateway)
                .addAsModule(
                        ShrinkWrap.create(JavaArchive.class, "login-ejb.jar").addPackage(BookKeeper.class.getPackage()))
                .addAsLibrary(
                        ShrinkWrap.create(JavaArchive.class, "login.jar").addPackage(StaffRoom.class.getPackage()))
                .setApplicationXML(new StringAsset(APPLICATION_XML));
    }

    private static final String APPLICATION_XML =
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <application-name>thespis</application-name>
              <module><ejb>thespis-ejb.jar</ejb></module>
              <module><ejb>login-ejb.jar</ejb></module>
              <module><web><web-uri>thespis-web.war</web-uri><context-root>/</context-root></web></module>
              <library-directory>lib</library-directory>
            </application>
            """;
}
