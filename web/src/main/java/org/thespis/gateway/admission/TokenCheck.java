package org.thespis.gateway.admission;

import org.thespis.runtime.message.Caller;

/** Says who stands behind a token. */
@FunctionalInterface
interface TokenCheck {

    /** Nobody checks tokens: a client that relies on one is told so. */
    TokenCheck NONE = (token, caller) -> {
        throw GatewayErrors.tokenNotAccepted();
    };

    /**
     * @param caller who the server says it is
     * @throws org.thespis.runtime.message.ActorException of group {@code auth} if the token is not good
     */
    Caller check(String token, Caller caller);
}
