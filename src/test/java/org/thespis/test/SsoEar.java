package org.thespis.test;

import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.thespis.test.fixture.sso.Sessions;
import org.thespis.test.fixture.token.Lobby;

/** An EAR whose gateway is the one with a browser login. */
final class SsoEar {

    private static final String PLAIN = "thespis-web.war";
    private static final String WITH_LOGIN = "thespis-login.war";
    private static final String XML = "META-INF/application.xml";

    private SsoEar() {}

    /** With users who log in at that Keycloak, and tokens of it. */
    static EnterpriseArchive behind(KeycloakProcess keycloak) {
        JavaArchive actors = ShrinkWrap.create(JavaArchive.class, "lobby.jar").addPackage(Lobby.class.getPackage());
        String settings = TestEar.entries(Map.of(
                "login-provider", keycloak.issuer(),
                "login-client-id", "thespis",
                "login-client-secret", "change-me",
                "actors/chatRoom/roles", "talk"));
        return of(TestEar.asBuiltWith(settings + tokenSettings(keycloak), actors));
    }

    static String tokenSettings(KeycloakProcess keycloak) {
        return TestEar.entries(Map.of(
                "token-issuers", keycloak.issuer(),
                "token-keys", keycloak.keys(),
                "token-audiences", "thespis",
                "token-roles-claims", "realm_access.roles",
                "token-name-claim", "preferred_username",
                "token-claims", "email",
                "token-parameter", "authToken",
                "token-logout-audiences", "thespis thespis-program",
                "token-clock-skew-millis", 0));
    }

    private static EnterpriseArchive of(EnterpriseArchive ear) {
        Path built = Node.ROOT.resolve("login/target").resolve(WITH_LOGIN);
        WebArchive login =
                ShrinkWrap.createFromZipFile(WebArchive.class, built.toFile()).addPackage(Sessions.class.getPackage());
        String xml = TestEar.text(ear, XML).replace(PLAIN, WITH_LOGIN);
        ear.delete("/" + PLAIN);
        ear.delete("/" + XML);
        return ear.addAsModule(login).setApplicationXML(new StringAsset(xml));
    }
}
