package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Writes exceptions of authors into the log, whatever they do when they are asked for their text. */
final class Logs {

    private Logs() {}

    static void log(Logger log, Level level, String what, Throwable thrown) {
        try {
            log.log(level, what, thrown);
        } catch (Throwable e) {
            log.log(level, what + ": a " + thrown.getClass().getName() + " that cannot be logged");
        }
    }
}
