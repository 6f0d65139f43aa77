package org.thespis.gateway.admission;

import org.thespis.gateway.admission.ActorAddress.GetOrCreate;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/**
 * A request that was let through.
 *
 * @param actorId null if the actor is yet to be created
 * @param wanted then how, else null
 */
public record Admitted(Caller caller, String actorId, GetOrCreate wanted) {

    /**
     * The id of the actor, which exists then. May block until it is stored.
     *
     * @param clientId who is about to connect, call or request, with these parameters
     */
    public String actor(Relay relay, String clientId, Object parameters) {
        if (actorId != null) {
            return actorId;
        }
        Wanted full = new Wanted(wanted.name(), wanted.key(), wanted.plainInput(), caller, clientId, parameters);
        return relay.getOrCreate(full).actor().id();
    }
}
