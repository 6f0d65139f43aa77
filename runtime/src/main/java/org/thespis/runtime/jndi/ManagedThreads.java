package org.thespis.runtime.jndi;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's managed executors (Jakarta Concurrency), looked up on a managed thread of the component that uses them. Not
 * injected: on Payara a redeployment was seen to fail as it set a field of the class of the deployment before.
 */
public final class ManagedThreads {

    private ManagedThreads() {}

    public static ManagedExecutorService executor() {
        return lookup("java:comp/DefaultManagedExecutorService");
    }

    public static ManagedScheduledExecutorService timer() {
        return lookup("java:comp/DefaultManagedScheduledExecutorService");
    }

    public static ManagedThreadFactory factory() {
        return lookup("java:comp/DefaultManagedThreadFactory");
    }

    private static <T> T lookup(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }
}
