package org.thespis.runtime.instance;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.Connection;
import org.thespis.api.Connections;
import org.thespis.api.Schedule;

/** The context of one live actor. */
final class InstanceContext implements ActorContext {

    private final ActorInstance actor;

    InstanceContext(ActorInstance actor) {
        this.actor = actor;
    }

    @Override
    public String id() {
        return actor.id();
    }

    @Override
    public String name() {
        return actor.name();
    }

    @Override
    public ActorKey key() {
        return actor.key();
    }

    @Override
    public Connection connection() {
        Connection connection = actor.turns().require().connection();
        if (connection == null) {
            throw new IllegalStateException("this turn of " + actor + " runs on behalf of no connection");
        }
        return connection;
    }

    @Override
    public Connections connections() {
        return actor.connections();
    }

    @Override
    public Executor executor() {
        return actor::execute;
    }

    @Override
    public void keepAwake(CompletionStage<?> work) {
        actor.turns().require();
        actor.work().keepAwake(work);
    }

    @Override
    public void waitUntil(CompletionStage<?> work) {
        actor.turns().require();
        actor.work().waitUntil(work);
    }

    @Override
    public CompletionStage<Void> ending() {
        return actor.work().ending();
    }

    @Override
    public Schedule schedule() {
        return actor.plans();
    }

    @Override
    public void saveState() {
        actor.turns().require();
        actor.saveState();
    }

    @Override
    public void sleep() {
        actor.turns().require().sleep();
    }

    @Override
    public void destroy() {
        actor.turns().require().destroy();
    }
}
