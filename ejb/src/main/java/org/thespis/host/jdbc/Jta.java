package org.thespis.host.jdbc;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;

/**
 * The transactions of the server, as it gives them to components that end them themselves. Any thread.
 *
 * @param user begins and ends those of a thread
 */
public record Jta(UserTransaction user, TransactionSynchronizationRegistry registry) {

    /** The states of {@code jakarta.transaction.Status}: of the transaction of this thread. */
    int status() {
        return registry.getTransactionStatus();
    }

    /** Whether this thread has no transaction. */
    public boolean isFree() {
        return status() == Status.STATUS_NO_TRANSACTION;
    }
}
