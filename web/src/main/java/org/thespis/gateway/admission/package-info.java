/** Decides who gets in: the one order of checks for every way to an actor, and what each client may use. Plain Java. */
package org.thespis.gateway.admission;
