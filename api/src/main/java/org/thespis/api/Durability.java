package org.thespis.api;

/** When the state of an actor is written to the store. */
public enum Durability {

    /**
     * Before anything that a turn answers or sends leaves the server: nothing acknowledged is ever lost, and no client sees
     * an event of a state that never was.
     */
    COMMIT,

    /**
     * About once a second; a crash can lose what was answered since. While the store is out of reach the actor lives on in
     * memory, and its state is tried again.
     */
    PERIODIC,

    /** Never: the state is gone when the actor sleeps or the server stops. */
    NONE
}
