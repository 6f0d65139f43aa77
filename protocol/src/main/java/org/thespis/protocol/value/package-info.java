/**
 * Plain values, the form in which arguments, results and events travel inside the server, and their way from and to the
 * classes of authors by JSON-B.
 *
 * <p>A plain value is one of: {@code null}, {@link java.lang.Boolean}, {@link java.lang.String}, a number ({@link
 * java.lang.Integer}, {@link java.lang.Long}, {@link java.lang.Double}, {@link java.math.BigDecimal}), a {@link
 * java.math.BigInteger} (JavaScript's bigint), {@code byte[]}, an {@link java.time.Instant} (a date), {@link
 * org.thespis.api.Undefined}, a {@link java.util.List} of plain values, or a {@link java.util.Map} from text to plain
 * values. Plain values are data: nobody changes one after it was made.
 */
package org.thespis.protocol.value;
