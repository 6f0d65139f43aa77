package org.thespis.runtime.reference;

import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;

/**
 * Who asks.
 *
 * @param waiting the actors that wait for the answer
 * @param parameters of the connection, a plain value; {@code Undefined} for none
 */
record Sender(Caller caller, CallChain waiting, Object parameters) {}
