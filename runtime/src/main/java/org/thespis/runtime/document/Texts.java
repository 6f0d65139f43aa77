package org.thespis.runtime.document;

import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.YearMonth;
import org.thespis.protocol.value.BindingException;

/** The texts of values whose own text cannot always be read. */
final class Texts {

    private static final int LAST_YEAR_WITHOUT_SIGN = 9_999;
    private static final int LENGTH_WITHOUT_SIGN = "9999-12".length();

    private Texts() {}

    /** @throws BindingException if its exponent is none that a text may have */
    static String of(BigDecimal decimal) {
        long exponent = (long) decimal.precision() - 1 - decimal.scale();
        if (exponent != (int) exponent) {
            throw new BindingException(
                    "it holds a " + BigDecimal.class.getName() + " with the exponent " + exponent + "; round it", null);
        }
        return decimal.toString();
    }

    /** @throws BindingException if it can be read only by the handler that it was made with */
    static String of(URL url) {
        String text = url.toExternalForm();
        try {
            url(text);
        } catch (IllegalArgumentException e) {
            throw new BindingException(
                    "it holds a " + URL.class.getName() + " with a handler of its own, which would be lost; hold "
                            + text + " as text",
                    e);
        }
        return text;
    }

    static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Years of more than four digits are read with a sign only, but {@code toString} leaves a plus away. */
    static String of(YearMonth month) {
        return month.getYear() > LAST_YEAR_WITHOUT_SIGN ? "+" + month : month.toString();
    }

    static YearMonth yearMonth(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return YearMonth.parse(signed || text.length() <= LENGTH_WITHOUT_SIGN ? text : "+" + text);
    }
}
