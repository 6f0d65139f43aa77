package org.thespis.runtime;

import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.CanSubscribe;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.UserException;

/** An actor that refuses some. */
@Actor("choosy")
class Choosy {

    @OnBeforeConnect
    void before(String parameters) {
        if (parameters != null) {
            throw new UserException("refused", "Not with these");
        }
    }

    @CanSubscribe("secret")
    boolean secret() {
        return false;
    }

    @Action
    void ready() {}
}
