package org.thespis.runtime.reference;

import org.thespis.runtime.message.ActorError;

/** Takes what a call came to, once. Any thread, that which writes states too: so it only hands over. */
interface Answer {

    /** @param plain a plain value that nobody else has */
    void result(Object plain);

    void error(ActorError error);
}
