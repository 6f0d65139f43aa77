package org.thespis.gateway.admission;

import org.thespis.gateway.admission.ActorAddress.GetOrCreate;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.PackedRequest;
import org.thespis.runtime.message.Wanted;

/**
 * A request that was let through.
 *
 * @param type the name of the type of the actor
 * @param actorId null if the actor is yet to be created
 * @param wanted then how, else null
 */
public record Admitted(Caller caller, String type, String actorId, GetOrCreate wanted) {

    /**
     * What an actor that is yet to be created is given; as read from the address, whose fault it is if it cannot be.
     *
     * @throws org.thespis.runtime.message.ActorException if it is no value
     */
    public Object input() {
        return wanted == null ? null : wanted.plainInput();
    }

    /**
     * The id of the actor, which exists then. May block until it is stored.
     *
     * @param input see {@link #input}
     * @param clientId who is about to connect, call or request, with these parameters and by this request
     */
    public String actor(Relay relay, Object input, String clientId, Object parameters, PackedRequest request) {
        if (actorId != null) {
            return actorId;
        }
        Wanted full = new Wanted(wanted.name(), wanted.key(), input, caller, clientId, parameters, request);
        return relay.getOrCreate(full).actor().id();
    }
}
