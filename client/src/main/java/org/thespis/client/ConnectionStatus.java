package org.thespis.client;

/** What a connection is doing. */
public enum ConnectionStatus {

    /** It is being opened; calls wait. */
    CONNECTING,

    /** The actor has let it in. */
    CONNECTED,

    /** It was lost, or could not be opened, and comes back by itself after a pause; calls wait. */
    DISCONNECTED,

    /** It has ended for good: closed, or refused by the actor. */
    CLOSED
}
