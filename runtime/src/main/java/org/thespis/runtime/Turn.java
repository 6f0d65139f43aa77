package org.thespis.runtime;

import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.message.Output;

/** What one turn of an actor gathers: its output, and what is to be done at its end. Used by the turn's thread. */
final class Turn {

    private final List<Output> outputs = new ArrayList<>(4);
    private final List<Runnable> epilogue = new ArrayList<>(0);
    private LiveConnection connection;
    private Runnable afterwards;

    void add(Output output) {
        outputs.add(output);
    }

    /** Takes back all output after the first {@code size}. */
    void rewind(int size) {
        outputs.subList(size, outputs.size()).clear();
    }

    /** Takes back the messages after the first {@code size} outputs; closes stand. */
    void takeBackMessages(int size) {
        outputs.subList(size, outputs.size())
                .removeIf(output -> output instanceof Output.Event || output instanceof Output.SocketSent);
    }

    List<Output> outputs() {
        return outputs;
    }

    /** Runs after the body, before the output is released. */
    void atEnd(Runnable task) {
        epilogue.add(task);
    }

    void runEpilogue() {
        for (int i = 0; i < epilogue.size(); i++) { // a task may add tasks
            epilogue.get(i).run();
        }
    }

    /** Runs when the output has left. */
    void afterwards(Runnable task) {
        afterwards = task;
    }

    /** See {@link #afterwards(Runnable)}; null if there is nothing to do. */
    Runnable afterwards() {
        return afterwards;
    }

    /** The connection on whose behalf the turn runs, or null. */
    LiveConnection connection() {
        return connection;
    }

    void onBehalfOf(LiveConnection behalf) {
        connection = behalf;
    }
}
