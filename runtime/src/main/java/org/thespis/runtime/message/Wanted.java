package org.thespis.runtime.message;

import org.thespis.api.ActorKey;

/**
 * An actor that somebody asks for, and that is created if need be.
 *
 * @param input a plain value for {@code OnCreate}; {@code Undefined} for none
 * @param clientId who is about to connect, call or request, with these parameters: if the actor must be created, {@code
 *     OnBeforeConnect} decides about that client before anything is stored, and is not asked again when it comes; null if
 *     nobody is about to, then {@code parameters} mean nothing
 * @param request by which that client came; null for one inside the server
 */
public record Wanted(
        String name,
        ActorKey key,
        Object input,
        Caller caller,
        String clientId,
        Object parameters,
        PackedRequest request) {

    /** One for a client inside the server. */
    public Wanted(String name, ActorKey key, Object input, Caller caller, String clientId, Object parameters) {
        this(name, key, input, caller, clientId, parameters, null);
    }

    /** One that nobody is about to connect to. */
    public static Wanted of(String name, ActorKey key, Object input, Caller caller) {
        return new Wanted(name, key, input, caller, null, null);
    }
}
