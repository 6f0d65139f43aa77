package org.thespis.runtime.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.thespis.api.Connection;
import org.thespis.runtime.message.Output;

/** What one turn of an actor gathers: its output, and what is to be done at its end. Used by the turn's thread. */
public final class Turn {

    private List<Output> outputs = new ArrayList<>(4);
    private List<Runnable> epilogue = List.of(); // another from the first task on
    private List<Runnable> afterwards = List.of(); // likewise
    private int done; // tasks of the epilogue
    private Connection connection;
    private boolean destroying;

    /** What an author may take back: the messages of this turn from here on, and the wish to be destroyed. */
    public record Mark(int outputs, boolean destroying) {}

    public void add(Output output) {
        outputs.add(output);
    }

    public List<Output> outputs() {
        return outputs;
    }

    /** Puts others in the place of all outputs. */
    public void replaceOutputs(List<Output> others) {
        outputs = new ArrayList<>(others);
    }

    public Mark mark() {
        return new Mark(outputs.size(), destroying);
    }

    /** Takes back what was sent since the mark; that clients were closed stands. */
    public void rewind(Mark mark) {
        takeBack(mark.outputs, output -> output instanceof Output.Event || output instanceof Output.SocketSent);
        destroying = mark.destroying;
    }

    /** Takes back outputs behind the first {@code size}. */
    public void takeBack(int size, Predicate<Output> which) {
        outputs.subList(size, outputs.size()).removeIf(which);
    }

    /** Runs in the turn, after the body, before the output is released. */
    public void atEnd(Runnable task) {
        if (epilogue.isEmpty()) {
            epilogue = new ArrayList<>(2);
        }
        epilogue.add(task);
    }

    /** Whether there is something left to do at the end. */
    public boolean hasEpilogue() {
        return done < epilogue.size();
    }

    /** Does what is left to do at the end, also what the tasks add; one that throws does not keep the others. */
    public void runEpilogue(Consumer<Throwable> broken) {
        while (hasEpilogue()) {
            try {
                epilogue.get(done++).run();
            } catch (Throwable e) {
                broken.accept(e);
            }
        }
    }

    /** Runs when the output has left; in any thread, so it only hands something over. */
    public void afterwards(Runnable task) {
        if (afterwards.isEmpty()) {
            afterwards = new ArrayList<>(1);
        }
        afterwards.add(task);
    }

    /** See {@link #afterwards(Runnable)}. */
    public List<Runnable> afterwards() {
        return afterwards;
    }

    /** The connection on whose behalf the turn runs, or null. */
    public Connection connection() {
        return connection;
    }

    public void onBehalfOf(Connection behalf) {
        connection = behalf;
    }

    /** The author wants the actor to be destroyed with this turn. */
    public void destroy() {
        destroying = true;
    }

    public boolean isDestroying() {
        return destroying;
    }
}
