package org.thespis.api.spi;

/**
 * An actor as its store keeps it.
 *
 * @param version 1 after the creation, one more with each write
 * @param state the document of the state, UTF-8; empty if the actor keeps none; never changed by anybody
 */
public record StoredActor(ActorRecord actor, long version, byte[] state) {}
