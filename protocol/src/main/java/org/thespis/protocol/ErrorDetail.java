package org.thespis.protocol;

/**
 * An error as clients see it.
 *
 * @param metadata a plain value, or null
 * @param actor where it happened, or null
 */
public record ErrorDetail(String group, String code, String message, Object metadata, ActorSpecifier actor) {

    /** Names the actor in an error. {@code key} in its serialized form. */
    public record ActorSpecifier(String actorId, long generation, String key) {}

    public static ErrorDetail of(String group, String code, String message) {
        return new ErrorDetail(group, code, message, null, null);
    }
}
