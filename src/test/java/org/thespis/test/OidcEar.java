package org.thespis.test;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.oidc.ServerLogin;
import org.thespis.test.fixture.token.Lobby;

/** A second application, in whose gateway WildFly's own client of OpenID Connect has users log in. */
final class OidcEar {

    static final String CONTEXT = "/second";

    private static final String PLAIN = "thespis-web.war";
    private static final String GATEWAY = "gateway.war";
    private static final String XML = "META-INF/application.xml";

    private OidcEar() {}

    /** @param settings entries of {@code application.xml} */
    static EnterpriseArchive of(String settings) {
        JavaArchive actors = ShrinkWrap.create(JavaArchive.class, "lobby.jar").addPackage(Lobby.class.getPackage());
        EnterpriseArchive ear = TestEar.secondWith(settings, actors);
        WebArchive gateway = ShrinkWrap.create(WebArchive.class, GATEWAY)
                .merge(ear.getAsType(WebArchive.class, "/" + PLAIN))
                .addPackage(ServerLogin.class.getPackage());
        String xml = TestEar.text(ear, XML).replace(PLAIN, GATEWAY);
        ear.delete("/" + PLAIN);
        ear.delete("/" + XML);
        return ear.addAsModule(gateway).setApplicationXML(new StringAsset(xml));
    }
}
