package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.Management;
import org.thespis.gateway.token.TokenSettings;
import org.thespis.gateway.token.TokenSettings.Issuer;
import org.thespis.runtime.jndi.SettingNames;

class SettingsReaderTest {

    private static final Set<String> ASKED = new ConcurrentSkipListSet<>();

    private static GatewaySettings read(Map<String, String> given) {
        return new SettingsReader(new SettingsReader.Source() {
                    @Override
                    public long number(String name, long byDefault) {
                        ASKED.add(name);
                        return given.containsKey(name) ? Long.parseLong(given.get(name)) : byDefault;
                    }

                    @Override
                    public String text(String name, String byDefault) {
                        ASKED.add(name);
                        return given.getOrDefault(name, byDefault);
                    }
                })
                .read();
    }

    @Test
    void anInstallationIsClosedByDefault() {
        GatewaySettings settings = read(Map.of());
        assertThat(settings.access().management())
                .isEqualTo(new Management(false, Set.of("thespis-admin"), Set.of("thespis-viewer")));
        assertThat(settings.access().allowedOrigins()).isEmpty();
        assertThat(settings.access().allowedHosts()).isEmpty();
        assertThat(settings.access().trustedProxies()).isEmpty();
    }

    @Test
    void whatIsAskedForIsAKnownName() {
        read(Map.of());
        assertThat(ASKED).hasSizeGreaterThan(30).isSubsetOf(SettingNames.all());
    }

    /** The table of bearer tokens in {@code docs/identity.md}, as an installation that copies it. */
    @Test
    void whatTheGuideSetsForTokensIsUnderstood() throws IOException {
        Map<String, String> shown = Pattern.compile("^\\| `(token-[a-z-]+)` \\| `([^`]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/identity.md")))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        assertThat(shown.keySet())
                .contains("token-issuers", "token-keys", "token-audiences", "token-roles-claims")
                .isSubsetOf(SettingNames.all());
        TokenSettings tokens = read(shown).tokens();
        assertThat(tokens.issuers())
                .containsExactly(new Issuer(
                        "https://id.example/realms/thespis",
                        "",
                        URI.create("https://id.example/realms/thespis/protocol/openid-connect/certs")));
        assertThat(tokens.audiences()).containsExactly("thespis");
        assertThat(tokens.rolesClaims()).containsExactly("realm_access.roles");
        assertThat(tokens.nameClaim()).isEqualTo("preferred_username");
        assertThat(tokens.claims()).containsExactly("email", "department");
    }

    /** A setting that a guide names and nobody reads is a promise that nobody keeps. */
    @Test
    void whatTheGuideNamesIsASetting() throws IOException {
        assertThat(Pattern.compile("`((?:token|management|max-token|max-checked|max-request)-[a-z-]+[a-z])`")
                        .matcher(Files.readString(Path.of("../docs/identity.md")))
                        .results()
                        .map(found -> found.group(1)))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(SettingNames.all()).contains(name));
    }

    @Test
    void listsAreSeparatedByBlanksOrCommas() {
        assertThat(read(Map.of("allowed-hosts", " a.example, b.example\tc.example "))
                        .access()
                        .allowedHosts())
                .containsExactly("a.example", "b.example", "c.example");
    }

    @Test
    void whatIsSetCounts() {
        GatewaySettings settings = read(Map.of(
                "management", "open", "max-actor-ids", "7", "body-timeout-millis", "2m", "max-bytes-per-node", "9"));
        assertThat(settings.access().management()).isEqualTo(Management.OPEN);
        assertThat(settings.sizes().ids()).isEqualTo(7);
        assertThat(settings.deadlines().body()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.allowances().node().bytes()).isEqualTo(9);
    }

    @Test
    void whoManagesIsSetByTheNamesOfRoles() {
        assertThat(read(Map.of("management-admin-roles", "ops, root", "management-viewer-roles", " "))
                        .access()
                        .management())
                .isEqualTo(new Management(false, Set.of("ops", "root"), Set.of()));
        assertThat(read(Map.of("management", "closed", "management-admin-roles", "ops"))
                        .access()
                        .management())
                .isEqualTo(Management.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "max-incoming-bytes,             4294967297",
        "max-incoming-bytes,             0",
        "max-body-bytes,                 2147483648",
        "max-name-bytes,                 -1",
        "max-actor-ids,                  0",
        "max-queued-bytes,               1000",
        "max-connections-per-address,    0",
        "max-connections-per-address,    4294967297",
        "max-creations-per-minute-per-node, -4294967295",
        "max-bytes-per-node,             0",
        "body-timeout-millis,            0",
        "send-timeout-millis,            9223372036854775807",
        "silence-timeout-millis,         25000",
        "send-timeout-millis,            5 minutes",
        "management,                     yes",
    })
    void whatIsOutOfRangeRefusesTheStartAndIsNamed(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    private static final Map<String, String> TOKENS = Map.of(
            "token-issuers", "https://id.example/a",
            "token-keys", "https://id.example/a/certs",
            "token-audiences", "thespis");

    private static GatewaySettings tokens(String... more) {
        Map<String, String> given = new HashMap<>(TOKENS);
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return read(given);
    }

    @Test
    void tokensOfOneIssuerOrOfSeveralCount() {
        assertThat(read(Map.of()).tokens().issuers()).isEmpty();
        assertThat(tokens().tokens().issuers())
                .containsExactly(new Issuer("https://id.example/a", "", URI.create("https://id.example/a/certs")));
        assertThat(tokens(
                                "token-issuers", "a b",
                                "token-keys", "https://id.example/a http://localhost:8180/b",
                                "token-tenants", "acme globex")
                        .tokens()
                        .issuers())
                .extracting(Issuer::tenant)
                .containsExactly("acme", "globex");
    }

    @Test
    void timesOfTokensAreWrittenAsAllOthers() {
        var tokens = tokens(
                        "token-clock-skew-millis", "0",
                        "token-keys-timeout-millis", "5s",
                        "token-keys-period-millis", "PT10M")
                .tokens();
        assertThat(tokens.clockSkew()).isZero();
        assertThat(tokens.keysTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(tokens.keysPeriod()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "token-keys,                '',                                        token-keys",
        "token-keys,                https://a https://b,                       token-keys",
        "token-keys,                http://id.example/a/certs,                 token-keys",
        "token-keys,                http://localhost.example/certs,            token-keys",
        "token-keys,                file:///etc/keys,                          token-keys",
        "token-keys,                /certs,                                    token-keys",
        "token-keys,                https://user:secret@id.example/certs,      token-keys",
        "token-keys,                'https://id.example/{realm}/certs',        token-keys",
        "token-audiences,           '',                                        token-audiences",
        "token-algorithms,          none,                                      token-algorithms",
        "token-algorithms,          RS256 HS256,                               token-algorithms",
        "token-algorithms,          ' ',                                       token-algorithms",
        "token-clock-skew-millis,   -1,                                        token-clock-skew-millis",
        "token-clock-skew-millis,   600001,                                    token-clock-skew-millis",
        "token-name-claim,          ' ',                                       token-name-claim",
        "token-tenants,             a b,                                       token-tenants",
        "token-keys-timeout-millis, 30001,                                     token-keys-timeout-millis",
        "token-keys-period-millis,  40000d,                                    token-keys-period-millis",
        "token-keys-period-millis,  2000,                                      token-keys-period-millis",
        "max-token-bytes,           0,                                         max-token-bytes",
        "max-checked-tokens,        2147483648,                                max-checked-tokens",
    })
    void settingsOfTokensThatAreWrongRefuseTheStartAndAreNamed(String name, String value, String told) {
        assertThatThrownBy(() -> tokens(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    @Test
    void settingsWithoutAnIssuerAreNotOverlooked() {
        for (String name : List.of("token-audiences", "token-keys", "token-tenants")) {
            assertThatThrownBy(() -> read(Map.of(name, "https://id.example/a")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void severalIssuersNeedNamesThatTellTheirUsersApart() {
        for (String tenants : List.of("", "acme acme", "a/b c")) {
            assertThatThrownBy(() -> tokens(
                            "token-issuers", "a b",
                            "token-keys", "https://a.example https://b.example",
                            "token-tenants", tenants))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token-tenants");
        }
        assertThatThrownBy(() -> tokens(
                        "token-issuers", "a a",
                        "token-keys", "https://a.example https://b.example",
                        "token-tenants", "a b"))
                .hasMessageContaining("token-issuers");
    }
}
