package org.thespis.runtime.reference;

import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/**
 * Which actor is meant.
 *
 * @param creates whether it is created if there is none
 * @param input for its creation, a plain value; {@code Undefined} for none
 */
record Target(Address.Name name, boolean creates, Object input) {

    /** How it is created for a client; null if it is not. */
    Wanted wanted(Caller caller, String clientId, Object parameters) {
        return creates ? new Wanted(name.type(), name.key(), input, caller, clientId, parameters) : null;
    }

    @Override
    public String toString() {
        return name.type() + "/" + (name.id() == null ? name.key() : name.id());
    }
}
