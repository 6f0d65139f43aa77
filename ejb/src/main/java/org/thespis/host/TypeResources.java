package org.thespis.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.thespis.api.spi.StateStore;
import org.thespis.host.jdbc.JdbcStateStore;
import org.thespis.host.jdbc.Jta;
import org.thespis.runtime.OfTypes;
import org.thespis.runtime.Storage;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.jndi.ManagedThreads;
import org.thespis.runtime.jndi.NamedResource;
import org.thespis.runtime.settings.TypeOption;

/** What all actors and single types have of the server, and the threads for it. Used on a managed thread. */
final class TypeResources {

    private final List<ExecutorService> threads = new CopyOnWriteArrayList<>();

    /**
     * What single types have of their own. Types that name one data source share its store.
     *
     * @param generalName of the data source for all actors
     * @throws org.thespis.runtime.settings.SettingException if a name is none of such a thing
     * @throws org.thespis.api.spi.StoreException if a database is out of reach
     */
    OfTypes ofTypes(Collection<ActorDefinition> types, String generalName, Storage general, Jta jta) {
        Map<String, Executor> executors = new HashMap<>();
        NamedResource.of(types, TypeOption.EXECUTOR, Executor.class)
                .forEach((type, executor) -> executors.put(type, executor.resource()));
        Map<String, Storage> byName = new HashMap<>(Map.of(generalName, general));
        Map<String, Storage> storages = new HashMap<>();
        NamedResource.of(types, TypeOption.DATA_SOURCE, DataSource.class)
                .forEach((type, source) -> storages.put(
                        type,
                        byName.computeIfAbsent(
                                source.name(), name -> apart(JdbcStateStore.open(source.resource(), jta)))));
        return new OfTypes(executors, () -> pool(1), storages);
    }

    /** A store with threads of its own. */
    Storage storage(StateStore store) {
        return new Storage(store, pool(1 + CommitQueue.MAX_HELD_UP), pool(EntryReads.MAX_READS));
    }

    /** The same for one beside that for all actors: when it hangs, it keeps no threads for turns. */
    private Storage apart(StateStore store) {
        Storage storage = storage(store);
        return new Storage(store, storage.commits(), storage.reads(), pool(Storage.MAX_WAKES));
    }

    private ExecutorService pool(int size) {
        ExecutorService pool = ManagedThreads.pool(size);
        threads.add(pool);
        return pool;
    }

    void shutdown() {
        threads.forEach(ExecutorService::shutdown);
    }
}
