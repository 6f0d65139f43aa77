package org.thespis.runtime.instance;

import java.util.Set;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.turn.Services;

/**
 * What the containers of one node share.
 *
 * @param planning live actors that have planned something
 */
public record Node(
        Services services,
        ActorBeans beans,
        StateStore store,
        CommitQueue commits,
        EntryReads reads,
        Creations creations,
        LiveActors live,
        Set<ActorInstance> planning) {}
