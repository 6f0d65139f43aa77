package org.thespis.client;

/**
 * What goes with one try to reach an actor.
 *
 * @param token null for none
 * @param parameters connection parameters in JSON, of ASCII alone; null for none
 */
record Supplied(String token, String parameters) {

    private static final int FIRST_BEYOND_ASCII = 0x7f;

    static final Supplied NOTHING = new Supplied(null, null);

    /** JSON that any header can carry. */
    static String ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < FIRST_BEYOND_ASCII) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }
}
