package org.thespis.runtime;

import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;

class MemoryStateStoreTest extends StateStoreContract {

    private final StateStore store = new MemoryStateStore();

    @Override
    protected StateStore store() {
        return store;
    }
}
