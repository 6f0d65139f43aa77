package org.thespis.runtime.entry;

/** Whoever has durable collections, or none, as most have. Used in turns. */
public interface CollectionsOwner {

    /** Null if it has needed none so far. */
    DurableCollections collections();

    /** The same, made if there are none yet. */
    DurableCollections needCollections();
}
