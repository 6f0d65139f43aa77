package org.thespis.runtime.declaration;

import org.thespis.api.ActorContext;

/** Makes the objects behind actors; the rim implements it with CDI. */
public interface ActorBeans {

    /** Makes the bean of one actor. Called in the actor's first turn. */
    ActorBean create(ActorDefinition definition, ActorContext context);

    /** What surrounds the turns of actors of a type; null as long as its module has not started. Any thread. */
    default Surroundings surroundings(ActorDefinition definition) {
        return Surroundings.NONE;
    }

    /** What makes the server know who calls while something of an author's runs. Any thread. */
    default AsCaller asCaller() {
        return AsCaller.NOBODY_ASKS;
    }

    /** The bean of one live actor. All calls come from the actor's turns. */
    interface ActorBean {

        Object instance();

        /** Called before a turn; what it returns is handed to {@link #leave}. */
        Object enter();

        void leave(Object entered);

        /** Ends the bean and all that belong to it. */
        void destroy();
    }
}
