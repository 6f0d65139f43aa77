package org.thespis.test;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.sso.Sessions;

/** An EAR whose gateway is the one with a browser login. */
final class SsoEar {

    private static final String PLAIN = "thespis-web.war";
    private static final String WITH_LOGIN = "thespis-login.war";
    private static final String XML = "META-INF/application.xml";

    private SsoEar() {}

    static EnterpriseArchive of(EnterpriseArchive ear) {
        Path built = Node.ROOT.resolve("login/target").resolve(WITH_LOGIN);
        WebArchive login =
                ShrinkWrap.createFromZipFile(WebArchive.class, built.toFile()).addPackage(Sessions.class.getPackage());
        String xml = TestEar.text(ear, XML).replace(PLAIN, WITH_LOGIN);
        ear.delete("/" + PLAIN);
        ear.delete("/" + XML);
        return ear.addAsModule(login).setApplicationXML(new StringAsset(xml));
    }
}
