package org.thespis.runtime.settings;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may do something, as an installation writes it.
 *
 * @param everybody whether no role is asked for
 * @param names of which one is needed; none for nobody
 */
public record RoleNames(boolean everybody, Set<String> names) {

    static final String RULE =
            "names of roles, separated by blanks, or one of * (everybody), ** (whoever is logged in) and - (nobody)";

    private static final String EVERYBODY = "*";
    private static final String NOBODY = "-";

    @Override
    public String toString() {
        return everybody ? EVERYBODY : names.isEmpty() ? NOBODY : String.join(" ", names);
    }

    /** Empty if the text says nothing, or more than one thing. */
    public static Optional<RoleNames> parse(String text) {
        Set<String> words = Arrays.stream(text.trim().split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        boolean one = words.size() == 1;
        if (words.isEmpty() || !one && (words.contains(EVERYBODY) || words.contains(NOBODY) || words.contains("**"))) {
            return Optional.empty();
        }
        return Optional.of(
                words.contains(EVERYBODY)
                        ? new RoleNames(true, Set.of())
                        : new RoleNames(false, words.contains(NOBODY) ? Set.of() : words));
    }
}
