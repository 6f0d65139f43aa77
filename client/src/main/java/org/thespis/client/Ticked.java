package org.thespis.client;

/** Something that looks at its times. */
interface Ticked {

    /** Called every tenth of a second by one thread, which it may not hold up: it only hands over. */
    void tick(long nowNanos);
}
