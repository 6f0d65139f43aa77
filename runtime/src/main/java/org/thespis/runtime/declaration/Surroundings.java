package org.thespis.runtime.declaration;

/** What the server puts around the turns of an actor: the naming context of the module that it stands in. Any thread. */
@FunctionalInterface
public interface Surroundings {

    /** Those of the thread, whatever they are. */
    Surroundings NONE = Runnable::run;

    /** Runs a turn in this thread, once, also when the module is about to go. */
    void run(Runnable turn);
}
