package org.thespis.runtime.declaration;

import java.lang.reflect.Type;
import java.util.Optional;
import org.thespis.api.ActorSetting;
import org.thespis.runtime.settings.SettingException;

/**
 * What an actor class injects of what an installation says to its author's code. Any thread.
 *
 * @param actor the name of the actor type
 * @param name below {@code settings} of that type
 * @param type of the value, no primitive one
 * @param byDefault null if the installation must say something
 * @param where the field or parameter
 */
public record AuthorSetting(String actor, String name, Class<?> type, Object byDefault, String where) {

    /**
     * Reads the annotation.
     *
     * @throws DeclarationException if there can be no such setting
     */
    public static AuthorSetting of(String actor, ActorSetting setting, Type injected, String where) {
        if (setting.value().isBlank()) {
            throw new DeclarationException(218, "@ActorSetting on " + where + " has no name; give it one");
        }
        SettingType type = SettingType.of(injected)
                .orElseThrow(() -> new DeclarationException(
                        216,
                        "@ActorSetting on " + where + " is of type " + injected.getTypeName()
                                + "; make it a String, int, long, boolean, Duration or an enum"));
        String text = setting.defaultValue();
        Object byDefault = text.equals(ActorSetting.NONE)
                ? null
                : type.parse(text)
                        .orElseThrow(() -> new DeclarationException(
                                218,
                                "the default of @ActorSetting on " + where + " must be " + type.rule() + ", was "
                                        + text));
        return new AuthorSetting(actor, setting.value(), type.type(), byDefault, where);
    }

    /** Somebody injects it who is no actor. */
    public static DeclarationException outside(String where) {
        return new DeclarationException(
                217,
                "@ActorSetting on " + where + ", which is in no actor class, so that nobody knows of which type;"
                        + " inject it into the actor, and hand it on");
    }

    /** The last parts of its entry. */
    public String entry() {
        return actor + "/settings/" + name;
    }

    /**
     * The value that counts where nobody says anything.
     *
     * @throws SettingException if somebody must
     */
    public Object orDefault() {
        if (byDefault == null) {
            throw SettingException.missing(entry(), where);
        }
        return byDefault;
    }

    /**
     * The value that is written so.
     *
     * @param entry where it is written, in full
     * @throws SettingException if it is none
     */
    public Object parse(String entry, String text) {
        SettingType known = new SettingType(type);
        Optional<Object> value = known.parse(text);
        return value.orElseThrow(() -> SettingException.wrongValue(entry, known.rule(), text));
    }
}
