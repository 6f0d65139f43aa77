package org.thespis.runtime.jndi;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The names of all settings; {@code server-config/README.md} explains them. */
public final class SettingNames {

    /** Letters that may be wrong in a name that is still taken for another one. */
    private static final int MAX_WRONG = 4;

    private static final Set<String> ALL = names();

    private SettingNames() {}

    public static Set<String> all() {
        return ALL;
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(Set.of(
                "action-timeout-millis",
                "create-timeout-millis",
                "connect-timeout-millis",
                "hook-timeout-millis",
                "call-timeout-millis",
                "max-inside-calls",
                "max-tells-per-transaction",
                "max-waiting-events",
                "max-threads",
                "sleep-timeout-millis",
                "sleep-grace-millis",
                "commit-timeout-millis",
                "max-waiting-calls",
                "verify-state",
                "max-state-bytes",
                "entry-cache-bytes",
                "entry-read-timeout-millis",
                "max-subscriptions",
                "max-incoming-bytes",
                "max-low-level-incoming-bytes",
                "max-outgoing-bytes",
                "max-parameter-bytes",
                "max-body-bytes",
                "max-request-head-bytes",
                "max-name-bytes",
                "max-key-bytes",
                "max-queued-bytes",
                "send-timeout-millis",
                "body-timeout-millis",
                "answer-timeout-millis",
                "max-actor-ids",
                "max-messages-per-second-per-connection",
                "max-bytes-per-connection",
                "ping-period-millis",
                "silence-timeout-millis",
                "allowed-origins",
                "allowed-hosts",
                "trusted-proxies",
                "management",
                "management-admin-roles",
                "management-viewer-roles",
                "home-page",
                "login-provider",
                "login-client-id",
                "login-client-secret",
                "login-redirect-uri",
                "login-scopes",
                "login-name-claim",
                "login-roles-claim",
                "token-issuers",
                "token-keys",
                "token-tenants",
                "token-audiences",
                "token-algorithms",
                "token-clock-skew-millis",
                "token-parameter",
                "token-name-claim",
                "token-roles-claims",
                "token-claims",
                "token-keys-timeout-millis",
                "token-keys-period-millis",
                "max-token-bytes",
                "max-checked-tokens",
                "token-logout-path",
                "token-logout-audiences",
                "token-logouts-kept-millis",
                "data-source",
                "cluster",
                "cluster-bind-address",
                "cluster-port",
                "cluster-discovery",
                "cluster-hosts",
                "cluster-key-store",
                "cluster-key-store-password",
                "cluster-detection-millis",
                "namespace",
                "other-actors"));
        for (String whose : Set.of("user", "address", "node")) {
            names.add("max-connections-per-" + whose);
            names.add("max-handshakes-per-second-per-" + whose);
            names.add("max-messages-per-second-per-" + whose);
            names.add("max-creations-per-minute-per-" + whose);
            names.add("max-bytes-per-" + whose);
        }
        return Set.copyOf(names);
    }

    /** What is said of a name that is none of these: the one that may be meant, if any is near; else nothing. */
    static String hint(String wrong, Collection<String> names) {
        return nearest(wrong, names).map(meant -> "; is " + meant + " meant?").orElse("");
    }

    private static Optional<String> nearest(String wrong, Collection<String> names) {
        int maxWrong = Math.max(1, Math.min(MAX_WRONG, wrong.length() / 2));
        return names.stream()
                .filter(name -> Math.abs(name.length() - wrong.length()) <= maxWrong)
                .filter(name -> distance(name, wrong) <= maxWrong)
                .min(Comparator.comparingInt((String name) -> distance(name, wrong))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
