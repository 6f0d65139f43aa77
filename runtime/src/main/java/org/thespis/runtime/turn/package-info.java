/** Turns: one at a time in an actor, each with one beginning and one end; and what an actor does outside of them. */
package org.thespis.runtime.turn;
