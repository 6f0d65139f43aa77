package org.thespis.runtime.reference;

import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** Somebody inside the server whom an actor answers. Any thread, that which writes states too: so all is only handed over. */
interface InsideClient {

    /** What is for this client alone. */
    void told(Output.ToOne output);

    /** An event. */
    void heard(Output.Event event);

    /** Nothing comes any more. */
    void over(ActorError error);
}
