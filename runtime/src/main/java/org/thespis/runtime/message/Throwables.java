package org.thespis.runtime.message;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Looks at exceptions of authors, whatever those do when they are asked for their cause, their text or their trace. Any
 * thread; nothing is thrown.
 */
public final class Throwables {

    private static final int MAX_WRAPPINGS = 32; // causes may go round in a circle

    private Throwables() {}

    /** What failed, without what futures wrap around it. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable inner = thrown;
        try {
            for (int i = 0; i < MAX_WRAPPINGS && isWrapping(inner) && inner.getCause() != null; i++) {
                inner = inner.getCause();
            }
        } catch (Throwable e) {
            return inner;
        }
        return inner;
    }

    private static boolean isWrapping(Throwable thrown) {
        return thrown instanceof CompletionException || thrown instanceof ExecutionException;
    }

    /** Its text, or the name of its class where it has none. */
    public static String text(Throwable thrown) {
        try {
            String text = thrown.getMessage();
            return text == null ? thrown.getClass().getName() : text;
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    /** Writes it into the log; of one that cannot be printed its class. */
    public static void log(Logger log, Level level, String what, Throwable thrown) {
        try {
            thrown.printStackTrace(new PrintWriter(Writer.nullWriter())); // a handler of the log would lose the line
            log.log(level, what, thrown);
        } catch (Throwable e) {
            logClass(log, level, what, thrown);
        }
    }

    private static void logClass(Logger log, Level level, String what, Throwable thrown) {
        try {
            log.log(level, what + ": a " + thrown.getClass().getName() + " that cannot be printed");
        } catch (Throwable e) {
            return; // the log itself is broken, or the stack is at its end: nobody is left to be told
        }
    }
}
