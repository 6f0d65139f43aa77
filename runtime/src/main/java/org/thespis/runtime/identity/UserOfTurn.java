package org.thespis.runtime.identity;

import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.message.Caller;

/** Who calls others from a turn, as the server is told. In turns. */
final class UserOfTurn implements AsCaller {

    private final ServerUsers users;

    UserOfTurn(ServerUsers users) {
        this.users = users;
    }

    @Override
    public Object call(Body body) throws Throwable {
        Caller caller = Behind.callsAs();
        return users.callAs(caller == null ? Caller.ANONYMOUS : caller, body);
    }
}
