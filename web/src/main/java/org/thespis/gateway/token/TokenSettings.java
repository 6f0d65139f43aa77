package org.thespis.gateway.token;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whose tokens count here, and what is read from them.
 *
 * @param issuers none: nobody here checks tokens
 * @param audiences one of these a token must be for
 * @param algorithms by which tokens may be signed; of those with a pair of keys only
 * @param clockSkew by which the clocks of an issuer and of this server may differ
 * @param maxBytes of a token
 * @param maxKept tokens that were checked and are remembered until they run out
 * @param parameter the connection parameter that carries a token; empty for none
 * @param nameClaim what says the name of the user
 * @param rolesClaims what says the roles: the name of a claim, or a path of names with dots between them
 * @param claims that actors may read
 * @param logOutPath where issuers say that somebody has logged out; empty for nowhere
 * @param logOutAudiences one of these a log-out token must be for
 * @param logOutsKept how long tokens of before do not count: none may live longer
 * @param keysTimeout in which the keys of an issuer must have come
 * @param keysPeriod after which they are fetched anew
 */
public record TokenSettings(
        List<Issuer> issuers,
        Set<String> audiences,
        Set<String> algorithms,
        Duration clockSkew,
        int maxBytes,
        int maxKept,
        String parameter,
        String nameClaim,
        List<String> rolesClaims,
        List<String> claims,
        String logOutPath,
        Set<String> logOutAudiences,
        Duration logOutsKept,
        Duration keysTimeout,
        Duration keysPeriod) {

    /** What can be allowed. Those with one key for both sides cannot: whoever checks could also sign. */
    private static final Set<String> SIGNATURES =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final Duration LONGEST_SKEW = Duration.ofMinutes(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    /**
     * @param id as tokens name it in {@code iss}
     * @param tenant what stands before the names of its users, with a slash; empty for nothing
     * @param keys where its keys are, a JWKS
     */
    public record Issuer(String id, String tenant, URI keys) {}

    public TokenSettings {
        issuers = List.copyOf(issuers);
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        logOutAudiences = Set.copyOf(logOutAudiences);
        rolesClaims = List.copyOf(rolesClaims);
        claims = List.copyOf(claims);
        if (issuers.isEmpty()) {
            check("token-audiences", audiences.isEmpty(), "is of no effect without token-issuers");
        } else {
            issuers.forEach(TokenSettings::check);
            requireTenants(issuers);
            check("token-audiences", !audiences.isEmpty(), "must name who this server is, as issuers call it");
            check("token-algorithms", !algorithms.isEmpty(), "must name one at least");
            check("token-name-claim", !nameClaim.isBlank(), "must not be blank");
        }
        check(
                "token-logout-path",
                logOutPath.isEmpty() || logOutPath.matches("/[\\w./-]+"),
                "must be a path such as /back-channel-logout, or empty");
        for (String algorithm : algorithms) {
            check(
                    "token-algorithms",
                    SIGNATURES.contains(algorithm),
                    "must be of " + SIGNATURES + ", was " + algorithm);
        }
        check("token-clock-skew-millis", clockSkew.compareTo(LONGEST_SKEW) <= 0, "must be at most 10 minutes");
        check("token-keys-timeout-millis", keysTimeout.compareTo(LONGEST_TIMEOUT) <= 0, "must be at most 30 seconds");
        check(
                "token-keys-period-millis",
                keysPeriod.compareTo(keysTimeout) > 0,
                "must be above token-keys-timeout-millis");
    }

    /** Whether a path is the one where issuers say that somebody has logged out. */
    public boolean isLogOut(String path) {
        return !issuers.isEmpty() && !logOutPath.isEmpty() && logOutPath.equals(path);
    }

    private static void check(Issuer issuer) {
        URI keys = issuer.keys;
        String scheme = String.valueOf(keys.getScheme()).toLowerCase(Locale.ROOT);
        check(
                "token-keys",
                keys.getHost() != null && keys.getUserInfo() == null,
                "must be whole addresses without a user");
        check(
                "token-keys",
                scheme.equals("https") || scheme.equals("http") && isLoopback(keys.getHost()),
                "must be https, or http on this machine: who can change keys on the way can be anybody; was " + keys);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    private static void requireTenants(List<Issuer> issuers) {
        Set<String> ids = new HashSet<>();
        Set<String> tenants = new HashSet<>();
        for (Issuer issuer : issuers) {
            check("token-issuers", ids.add(issuer.id), "names " + issuer.id + " twice");
            check(
                    "token-tenants",
                    issuers.size() == 1 || issuer.tenant.matches("[^/\\s]+") && tenants.add(issuer.tenant),
                    "must give each of several issuers a name of its own without a slash: their users may have equal names");
        }
    }

    private static void check(String name, boolean valid, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("thespis/" + name + " " + rule);
        }
    }
}
