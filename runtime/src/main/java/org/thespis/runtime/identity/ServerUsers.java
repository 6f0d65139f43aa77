package org.thespis.runtime.identity;

import java.lang.System.Logger.Level;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.message.Caller;

/**
 * How one kind of server knows the user of a thread: what its EJBs go by. There is no portable way to say it. Any thread.
 */
interface ServerUsers {

    /** Where none is known that we could tell. */
    ServerUsers UNKNOWN = (caller, body) -> body.run();

    /**
     * Runs something of an author's with that user, and gives the thread back as it was, whatever is thrown. If the server cannot be
     * told, it runs with the user of the thread, whom turns have none of.
     *
     * @param caller {@link Caller#ANONYMOUS} is nobody
     * @throws Throwable what the body throws, and nothing else
     */
    Object callAs(Caller caller, AsCaller.Body body) throws Throwable;

    /** Of the server that runs here, as its classes tell. */
    static ServerUsers ofServer(EjbModules modules) {
        try {
            return new PayaraUsers();
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger(ServerUsers.class.getName()).log(Level.DEBUG, "this is not Payara as it is known", e);
            return ofWildFly(modules);
        }
    }

    private static ServerUsers ofWildFly(EjbModules modules) {
        try {
            return new WildFlyUsers(modules);
        } catch (LinkageError e) {
            System.getLogger(ServerUsers.class.getName())
                    .log(
                            Level.INFO,
                            "EJBs are not told who calls the actors that call them, as this server is unknown");
            return UNKNOWN;
        }
    }
}
