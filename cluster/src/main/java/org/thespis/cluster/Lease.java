package org.thespis.cluster;

import java.util.Optional;

/**
 * One row of the shared database that decides which side of a cluster that was cut serves. Both methods block, and throw any {@link
 * RuntimeException} if the database is out of reach.
 */
public interface Lease {

    /**
     * Who has it.
     *
     * @param beat grows each time that it is taken or renewed
     */
    record Row(String owner, long beat) {}

    /** Empty if nobody ever had it. */
    Optional<Row> read();

    /** Takes or renews it if it is still as it was seen; false if it is not. */
    boolean take(Optional<Row> seen, String owner);
}
