package org.thespis.runtime.message;

/** What a deployed actor type takes, as far as somebody who has not been let in may know. */
public interface ActorType {

    boolean hasAction(String name);

    /** Whether it takes low-level HTTP requests. */
    boolean takesRequests();

    /** Whether it takes low-level WebSockets. */
    boolean takesSockets();
}
