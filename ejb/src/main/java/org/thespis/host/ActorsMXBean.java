package org.thespis.host;

import java.util.List;
import java.util.Map;

/**
 * What an administrator may ask of the actors of an application over JMX, as {@code org.thespis:type=Actors,application="NAME"}.
 * Who may do so is for the server to say.
 */
public interface ActorsMXBean {

    /** How many actors of each type are in memory. */
    Map<String, Integer> getAwake();

    /** The addresses of the nodes of the cluster that are together now, as this one sees it; empty where no cluster is named. */
    List<String> getNodes();

    /** How many commits were refused as another instance had written: on another node, as this one had been taken for dead. */
    long getFencedCommits();

    /**
     * The limits that count now for a type, by the names of their entries; times in ISO 8601.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    Map<String, String> options(String type);

    /**
     * Reads the settings of all actors and of single types again, as they lie in JNDI now, and lets those count that may change
     * while the application runs.
     *
     * @return what has changed, and what is said otherwise than it counts, as it needs a redeployment; a line each
     * @throws IllegalArgumentException with what would refuse a deployment; then all is as before
     * @throws IllegalStateException if JNDI did not answer in time, or the application stops; then all is as before
     */
    List<String> reload();
}
