package org.thespis.runtime.settings;

/** A setting of an installation that cannot be meant so; the deployment is refused. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Of a value that is told. */
    private static final int MAX_SHOWN = 100;

    private SettingException(int number, String message) {
        super("THESPIS-" + number + ": " + message);
    }

    /** @param hint what may have been meant; may be empty */
    public static SettingException unknownType(String entry, String type, String hint) {
        return new SettingException(
                211, entry + " is for actors named " + quoted(type) + ", and the application has none" + hint);
    }

    /** @param hint what may have been meant; may be empty */
    public static SettingException unknownName(String entry, String why, String hint) {
        return new SettingException(212, entry + " " + why + hint);
    }

    public static SettingException wrongValue(String entry, String rule, Object value) {
        return new SettingException(213, entry + " must be " + rule + ", was " + quoted(value));
    }

    /** The value does not go with what the class of the actor declares. */
    public static SettingException unfit(String entry, Object value, String why) {
        return new SettingException(214, entry + " cannot be " + quoted(value) + ": " + why);
    }

    /**
     * An author wants to be told something that nobody says.
     *
     * @param entry below {@code thespis/actors/}
     */
    public static SettingException missing(String entry, String where) {
        return new SettingException(
                215,
                "there is no thespis/actors/" + entry + ", and @ActorSetting on " + where
                        + " has no default; set it, as an env-entry java:app/env/thespis/actors/" + entry
                        + " of application.xml or in the JNDI of the server");
    }

    /** It is bound, and cannot be had. */
    public static SettingException broken(String entry, Exception why) {
        SettingException broken =
                new SettingException(213, entry + " is bound, and cannot be looked up: " + quoted(why));
        broken.initCause(why);
        return broken;
    }

    public static SettingException tooMany(String place, int max) {
        return new SettingException(219, "more than " + max + " entries lie below " + place + "; take some away");
    }

    /** On one line, and not longer than anybody reads. */
    static String quoted(Object value) {
        String text = String.valueOf(value);
        String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
        return '"' + cut.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?") + '"';
    }
}
