package org.thespis.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.thespis.gateway.token.TokenSettings;
import org.thespis.gateway.token.TokenSettings.Issuer;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.settings.Durations;

/** Reads the settings of tokens; the table in {@code server-config/README.md} explains them. */
record TokenSettingsReader(SettingsReader.Source source) {

    /** @throws IllegalArgumentException if one is out of its range, or they do not fit each other */
    TokenSettings read() {
        return new TokenSettings(
                issuers(),
                set("token-audiences", ""),
                set("token-algorithms", "RS256 PS256 ES256"),
                millis("token-clock-skew-millis", 30_000, 0),
                number("max-token-bytes", 16_384, 1),
                number("max-checked-tokens", 10_000, 1),
                source.text("token-parameter", "").trim(),
                source.text("token-name-claim", "sub").trim(),
                words("token-roles-claims", "roles"),
                words("token-claims", ""),
                source.text("token-logout-path", "/back-channel-logout").trim(),
                set("token-logout-audiences", source.text("token-audiences", "")),
                millis("token-logouts-kept-millis", 86_400_000, 1),
                millis("token-keys-timeout-millis", 2_000, 1),
                millis("token-keys-period-millis", 300_000, 1));
    }

    private List<Issuer> issuers() {
        List<String> ids = words("token-issuers", "");
        List<String> keys = words("token-keys", "");
        List<String> tenants = words("token-tenants", "");
        requireAsMany("token-keys", keys, ids);
        if (!tenants.isEmpty()) {
            requireAsMany("token-tenants", tenants, ids);
        }
        List<Issuer> issuers = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            issuers.add(new Issuer(ids.get(i), tenants.isEmpty() ? "" : tenants.get(i), address(keys.get(i))));
        }
        return issuers;
    }

    private static void requireAsMany(String name, List<String> words, List<String> ids) {
        if (words.size() != ids.size()) {
            throw new IllegalArgumentException("thespis/" + name + " must have one for each of thespis/token-issuers, "
                    + ids.size() + " in the same order, had " + words.size());
        }
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("thespis/token-keys must be addresses, was " + text, e);
        }
    }

    private int number(String name, int byDefault, int least) {
        long value = source.number(name, byDefault);
        if (value < least || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("thespis/" + name + " must be at least " + least + " and at most "
                    + Integer.MAX_VALUE + ", was " + value);
        }
        return (int) value;
    }

    private Duration millis(String name, int byDefault, int least) {
        Duration value = JndiSettings.duration(name, source.text(name, String.valueOf(byDefault)));
        if (value.compareTo(Duration.ofMillis(least)) < 0 || value.compareTo(Durations.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "thespis/" + name + " must be at least " + least + " ms and at most 100 years, was " + value);
        }
        return value;
    }

    private Set<String> set(String name, String byDefault) {
        return new LinkedHashSet<>(words(name, byDefault));
    }

    private List<String> words(String name, String byDefault) {
        return Arrays.stream(source.text(name, byDefault).split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
