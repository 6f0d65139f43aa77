/** Interfaces of an application that stand for an actor: what their methods call, inside the server and in the Java client. */
package org.thespis.protocol.contract;
