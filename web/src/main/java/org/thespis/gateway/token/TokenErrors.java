package org.thespis.gateway.token;

import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** What who sends a token is told; nothing of the token is in it. */
public final class TokenErrors {

    private static final String AUTH = "auth";

    private TokenErrors() {}

    static ActorException invalid() {
        return refuse("token_invalid", "The token is none that counts here");
    }

    static ActorException notYetValid() {
        return refuse("token_not_yet_valid", "The token does not count yet");
    }

    static ActorException wrongIssuer() {
        return refuse("token_wrong_issuer", "Tokens of that issuer do not count here");
    }

    static ActorException wrongAudience() {
        return refuse("token_wrong_audience", "The token is for somebody else");
    }

    static ActorException tooLong(int max) {
        return refuse("token_too_long", "Tokens have at most " + max + " bytes");
    }

    /** Also the end of a connection whose token ran out. */
    public static ActorError expired() {
        return ActorError.of(AUTH, "token_expired", "The token has run out");
    }

    /** The end of a connection whose user has logged out, or whose HTTP session has ended. */
    public static ActorError loggedOut() {
        return ActorError.of(AUTH, "logged_out", "The user has logged out");
    }

    /** The token may be good: the keys of its issuer cannot be had now. Clients retry on this code. */
    static ActorException keysUnavailable() {
        return new ActorException(
                ActorError.of("guard", "service_unavailable", "Tokens cannot be checked now; try again"));
    }

    private static ActorException refuse(String code, String message) {
        return new ActorException(ActorError.of(AUTH, code, message));
    }
}
