package org.thespis.runtime.instance;

import java.util.Map;
import java.util.Set;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.turn.Services;

/**
 * What the containers of one node share.
 *
 * @param live all live actors by their ids: a message names no type, and one look-up must do
 * @param planning those of them that have planned something
 */
public record Node(
        Services services,
        ActorBeans beans,
        StateStore store,
        CommitQueue commits,
        Map<String, ActorInstance> live,
        Set<ActorInstance> planning) {}
