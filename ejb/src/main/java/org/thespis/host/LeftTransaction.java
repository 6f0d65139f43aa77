package org.thespis.host;

import jakarta.transaction.SystemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.thespis.host.jdbc.Jta;
import org.thespis.runtime.module.Leftover;

/**
 * A JTA transaction that an author's code has left in the thread of its turn. Whatever runs there next would take part in it, the look
 * for an actor of somebody else, too, and would fail. Any thread.
 */
record LeftTransaction(Jta jta) implements Leftover {

    private static final Logger LOG = System.getLogger(LeftTransaction.class.getName());

    @Override
    public boolean isThere() {
        try {
            return !jta.isFree();
        } catch (RuntimeException e) {
            return false; // the server ends
        }
    }

    @Override
    public void end() {
        LOG.log(Level.WARNING, "a turn has left a transaction behind that it had begun: it is rolled back");
        try {
            jta.user().rollback();
        } catch (SystemException | RuntimeException e) {
            LOG.log(Level.ERROR, "a transaction that a turn had left behind could not be rolled back", e);
        }
    }
}
