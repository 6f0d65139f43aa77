package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.cluster.wire.Frames;
import org.thespis.cluster.wire.Message;
import org.thespis.cluster.wire.MessageCodec;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Receivers;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.turn.Mailbox;

/** Takes what other nodes ask and tell. One thread at a time for each node, and any for the rest. */
final class Inbound {

    private static final Logger LOG = System.getLogger(Inbound.class.getName());

    private final String self;
    private final Relay local;
    private final Gate gate;
    private final Lines lines;
    private final Homes homes;
    private final Routes routes;
    private final Creating creating;
    private final HereSinks here;
    private final Views views;
    private final LastWords lastWords;
    private final Consumer<String> reset;

    /**
     * @param reset told of a node that gave up what was open between it and this one
     */
    Inbound(
            String self,
            Relay local,
            Gate gate,
            Lines lines,
            Homes homes,
            Routes routes,
            Creating creating,
            HereSinks here,
            Views views,
            LastWords lastWords,
            Consumer<String> reset) {
        this.self = self;
        this.local = local;
        this.gate = gate;
        this.lines = lines;
        this.homes = homes;
        this.routes = routes;
        this.creating = creating;
        this.here = here;
        this.views = views;
        this.lastWords = lastWords;
        this.reset = reset;
    }

    void receive(String from, byte[] frame) {
        try {
            Frames.split(frame, message -> take(from, message));
        } catch (MalformedMessageException e) {
            LOG.log(Level.ERROR, "node {0} sent what is no frame: {1}", from, e.getMessage());
            giveUp(from); // what else was in it is lost
        }
    }

    /** Nobody waits for what was not taken. */
    private void giveUp(String node) {
        lines.send(node, Kind.CONTROL, MessageCodec.write(new Message.Reset()));
        reset.accept(node);
    }

    private void take(String from, byte[] message) {
        try {
            handle(from, MessageCodec.read(message));
        } catch (MalformedMessageException e) {
            LOG.log(Level.ERROR, "node {0} sent what this release cannot read: {1}", from, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a message of node " + from + " could not be taken", e);
            giveUp(from);
        }
    }

    private void handle(String from, Message message) {
        if (message instanceof Message.Ask ask) {
            asked(from, ask);
        } else if (message instanceof Message.Told told) {
            told(from, told.output());
        } else if (message instanceof Message.Sync sync) {
            gate.synced(from, sync.epoch(), sync.held());
        } else if (message instanceof Message.Released released) {
            gate.released(from, released.epoch(), released.segment());
        } else if (message instanceof Message.Create create) {
            creating.asked(from, create);
        } else if (message instanceof Message.Destroy destroy) {
            creating.asked(from, destroy);
        } else if (message instanceof Message.Answered answered) {
            creating.answered(from, answered);
        } else if (message instanceof Message.Leaving leaving) {
            views.asked(from, leaving);
        } else if (message instanceof Message.Placed placed) {
            views.placed(from, placed);
        } else if (message instanceof Message.Ending ending) {
            ended(from, ending);
        } else {
            reset.accept(from);
        }
    }

    /** Behind all that came before. */
    private void ended(String from, Message.Ending ending) {
        if (ending.heard()) {
            lastWords.heard(from);
        } else {
            lines.send(from, Kind.CONTROL, MessageCodec.write(new Message.Ending(true)));
        }
    }

    private void asked(String from, Message.Ask ask) {
        Command command = ask.command();
        boolean goesOn = !Routes.opens(command) && !Routes.leaves(command);
        if (goesOn && !from.equals(homes.node(command.clientId()))) { // it was given up
            Refusals.of(command, ActorError.restarting(), null).forEach(output -> tell(from, output));
            tell(from, Routes.closed(command.clientId()));
            return;
        }
        homes.came(from, ask.epoch(), ask.actorId(), command);
        enter(from, ask.epoch(), ask.actorId(), command);
    }

    /** Lets a command of a node, maybe this one, to its actor here. */
    void enter(String from, long epoch, String actorId, Command command) {
        gate.enter(actorId, epoch, new Arrival(from, actorId, command));
    }

    private void tell(String node, Output output) {
        lines.send(node, Kind.OUTPUT, MessageCodec.write(new Message.Told(output)));
    }

    /** A command at the gate. */
    private final class Arrival implements Gate.Entry {

        private final String from;
        private final String actorId;
        private final Command command;

        Arrival(String from, String actorId, Command command) {
            this.from = from;
            this.actorId = actorId;
            this.command = command;
        }

        @Override
        public boolean must() {
            return Routes.mustCome(command);
        }

        @Override
        public void run() {
            if (Routes.mustCome(command) && !local.isAtHand(actorId)) { // its connections ended with its instance
                refuse(ActorError.restarting());
            } else {
                Mailbox.withoutTurns(() -> local.ask(actorId, command));
            }
        }

        @Override
        public void refuse(ActorError why) {
            for (Output output : Refusals.of(command, why, null)) {
                if (from.equals(self)) {
                    here.deliver(output);
                } else {
                    homes.told((Output.ToOne) output);
                    tell(from, output);
                }
            }
        }
    }

    private void told(String from, Output output) {
        Runnable write;
        views.same().lock(); // none is told anything after it was told that its node is gone
        try {
            write = handOver(from, output);
        } finally {
            views.same().unlock();
        }
        if (write != null) {
            write.run(); // no view waits for that
        } else if (output instanceof Output.Opened opened) { // who was given up meanwhile
            Command leave = new Command.Disconnect(opened.clientId());
            lines.send(from, Kind.OUTPUT, MessageCodec.write(new Message.Ask(0, opened.actorId(), leave)));
        }
    }

    /** What is left to do for it to be written; null if it is for nobody. */
    private Runnable handOver(String from, Output output) {
        if (output instanceof Output.Event event) {
            List<String> ids = routes.among(from, event.receivers());
            return ids.isEmpty()
                    ? null
                    : here.handOver(new Output.Event(new Receivers(ids), event.name(), event.arguments()));
        }
        return routes.told(from, (Output.ToOne) output) ? here.handOver(output) : null;
    }
}
