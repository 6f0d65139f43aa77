package org.thespis.gateway;

import java.time.Duration;
import java.util.List;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A client without a line that notes how it is ended. */
class ToldClient extends SocketClient {

    private final String name;
    private final List<String> told;

    /**
     * @param name stands before each note
     * @param end when nobody knows any more who it is, or null
     */
    ToldClient(String name, Long end, Login login, List<String> told) {
        super(
                new SocketLine(null, null, Fixtures.place(40), Standing.until(end), login, Duration.ofMinutes(1)),
                Fixtures.settings());
        this.name = name;
        this.told = told;
    }

    @Override
    void text(String text, int size) {}

    @Override
    void binary(byte[] bytes) {}

    @Override
    void closed(int code, String reason) {}

    @Override
    void connectTimedOut() {}

    @Override
    void askForEnd(Command.End command) {
        told.add(name + " asked: " + command.why().reason());
    }

    @Override
    void refuse(ActorError error) {
        told.add(name + " " + error.reason());
        if (name.equals("broken")) {
            throw new IllegalStateException(name);
        }
    }

    @Override
    public Prepared prepare(Output output) {
        return null;
    }
}
