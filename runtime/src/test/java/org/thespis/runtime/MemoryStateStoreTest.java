package org.thespis.runtime;

import org.thespis.api.spi.StateStore;

class MemoryStateStoreTest extends StateStoreContract {

    private final StateStore store = new MemoryStateStore();

    @Override
    protected StateStore store() {
        return store;
    }
}
