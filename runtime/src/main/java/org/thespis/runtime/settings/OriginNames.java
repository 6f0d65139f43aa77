package org.thespis.runtime.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Origins of web pages, as an installation or an author writes them.
 *
 * @param names each with scheme and host, perhaps a port, or any with {@code :*}; {@code *} for all; none for no others than the
 *     server's own
 */
public record OriginNames(List<String> names) {

    static final String RULE =
            "origins such as https://app.example or http://localhost:*, separated by blanks, or one of * (all) and - (no others)";

    private static final String ALL = "*";
    private static final String NONE = "-";
    private static final Pattern ORIGIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(?:[0-9]{1,5}|\\*))?");

    public OriginNames {
        names = List.copyOf(names);
    }

    @Override
    public String toString() {
        return names.isEmpty() ? NONE : String.join(" ", names);
    }

    /** Empty if the text says nothing, or something that is no origin. */
    static Optional<OriginNames> parse(String text) {
        List<String> words = Arrays.stream(text.trim().split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.equals(List.of(NONE))) {
            return Optional.of(new OriginNames(List.of()));
        }
        boolean valid = words.equals(List.of(ALL))
                || !words.isEmpty()
                        && words.stream().allMatch(word -> ORIGIN.matcher(word).matches());
        return valid ? Optional.of(new OriginNames(words)) : Optional.empty();
    }
}
